/** The maternity unit's screen: the admissions board, and one record at a time, a mother's or a baby's. */
import { ageColumn, boardTable, figure, numberColumn, patientColumn, type Column } from '../epr/board-table.js';
import { byId } from '../epr/dom.js';
import { dateAndTime, londonDay } from '../epr/format.js';
import { startScreen } from '../epr/list-and-record.js';
import { admissions, wards, type Admission } from './admissions.js';
import { maternityRecord } from './record-view.js';

const list = admissions(new Date());

const columns: readonly Column<Admission>[] = [
  { name: 'Bed', key: 'bed', cell: ({ label }) => label },
  patientColumn,
  ageColumn,
  numberColumn,
  { name: 'Weeks or day', key: 'stage', cell: ({ story }) => story.stage },
  { name: 'Reason', key: 'reason', cell: ({ story }) => story.reason },
  { name: 'Admitted', key: 'arrived', cell: ({ arrived }, now) => dateAndTime(arrived, londonDay(now)) },
  { name: 'Midwife', key: 'midwife', cell: ({ story }) => story.midwife },
];

startScreen({
  name: 'Maternity Unit – Whittington Hospital',
  listName: 'Admissions',
  next: 'Next patient',
  staff: [{ id: 'demo-midwife', name: 'Mrs Comfort ASANTE', role: 'Staff midwife' }],
  items: list,
  listed: () => list,
  drawList: (now) => {
    const babies = list.filter(({ story }) => story.family?.as === 'Mother').length;
    const labouring = list.filter(({ story }) => story.ward === 'Labour ward').length;
    byId('board-summary').replaceChildren(
      figure(String(list.length - babies), 'women'),
      figure(String(babies), 'babies'),
      figure(String(labouring), 'on the labour ward'),
    );
    const groups = wards.map((title) => ({ title, items: list.filter(({ story }) => story.ward === title) }));
    byId('board-table').replaceChildren(boardTable(columns, groups, now));
  },
  record: (admission, now) => maternityRecord(admission, list, now),
});
