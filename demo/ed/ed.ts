/** The Emergency Department screen: a board, narrowed by area, and one patient's record at a time. */
import { boardTable } from '../epr/board-table.js';
import { byId } from '../epr/dom.js';
import { startScreen } from '../epr/list-and-record.js';
import { areas, board, type Bed } from './board.js';
import { areaFilter, boardColumns, boardSummary, type AreaFilter } from './board-view.js';
import { drawOpenedInError } from './opened-in-error.js';
import { clinicalRecord } from './record-view.js';

const beds = board(new Date());
let area: AreaFilter = 'All';

const listed = (): readonly Bed[] => beds.filter(({ story }) => area === 'All' || story.area === area);

const drawList = (now: Date): void => {
  const groups = areas.map((title) => ({ title, items: listed().filter(({ story }) => story.area === title) }));
  byId('board-summary').replaceChildren(...boardSummary(listed(), now));
  byId('board-filter').replaceChildren(...areaFilter(beds, area, chooseArea));
  byId('board-table').replaceChildren(boardTable(boardColumns, groups, now));
};

const chooseArea = (chosen: AreaFilter): void => {
  area = chosen;
  drawList(new Date());
  byId('board-filter').querySelector<HTMLElement>(`[data-area="${chosen}"]`)?.focus();
};

startScreen({
  name: 'Emergency Department – Whittington Hospital',
  listName: 'Board',
  next: 'Next patient',
  staff: [
    { id: 'demo-ed-nurse', name: 'Ms Hannah LEWIS', role: 'Staff nurse' },
    { id: 'demo-ed-doctor', name: 'Dr Rohan MEHTA', role: 'Specialty registrar' },
    { id: 'demo-ed-triage-nurse', name: 'Mr Kwame ADU', role: 'Triage nurse' },
    { id: 'demo-ed-sister', name: 'Sister Moira KEANE', role: 'Nursing sister' },
    { id: 'demo-ed-practitioner', name: 'ENP Marta RUIZ', role: 'Nurse practitioner' },
    { id: 'demo-ed-consultant', name: 'Dr Simon ACHEBE', role: 'Hospital consultant' },
  ],
  items: beds,
  listed,
  drawList,
  record: clinicalRecord,
  opened: (bed, userId) =>
    drawOpenedInError(byId('opened-in-error'), byId('error-form'), bed?.patient.nhsNumber, userId),
});
