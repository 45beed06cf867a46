/**
 * The Emergency Department screen: a board, and one patient's record at a time. The address bar names the bed, never
 * the patient; nothing is logged and nothing is stored.
 */
import { closePatient, openPatient, signIn, signOut } from '../banner-tag.js';
import { byId, h } from '../dom.js';
import { londonDay, londonTime } from '../format.js';
import { patientHeader } from '../patient-header.js';
import { drawSignedInUser, type StaffMember } from '../signed-in-user.js';
import { board, type Bed } from './board.js';
import { areaFilter, boardSummary, boardTable, type AreaFilter } from './board-view.js';
import { drawOpenedInError } from './opened-in-error.js';
import { clinicalRecord } from './record-view.js';

const DEPARTMENT = 'Emergency Department – Whittington Hospital';

const nurse: StaffMember = { id: 'demo-ed-nurse', name: 'Ms Hannah LEWIS', role: 'Staff nurse' };
const doctor: StaffMember = { id: 'demo-ed-doctor', name: 'Dr Rohan MEHTA', role: 'Specialty registrar' };
const staff = [
  nurse,
  doctor,
  { id: 'demo-ed-triage-nurse', name: 'Mr Kwame ADU', role: 'Triage nurse' },
  { id: 'demo-ed-sister', name: 'Sister Moira KEANE', role: 'Nursing sister' },
  { id: 'demo-ed-practitioner', name: 'ENP Marta RUIZ', role: 'Nurse practitioner' },
  { id: 'demo-ed-consultant', name: 'Dr Simon ACHEBE', role: 'Hospital consultant' },
];

const views = { board: byId('board'), record: byId('record'), signedOut: byId('signed-out') };
const beds = board(new Date());

let area: AreaFilter = 'All';
let opened: Bed | undefined;
let signedIn: StaffMember | undefined = nurse;

const show = (view: keyof typeof views): void => {
  for (const [name, section] of Object.entries(views)) section.hidden = name !== view;
  scrollTo(0, 0);
};

const listed = (): readonly Bed[] => beds.filter(({ story }) => area === 'All' || story.area === area);

const drawBoard = (): void => {
  const now = new Date();
  byId('board-summary').replaceChildren(...boardSummary(listed(), now));
  byId('board-filter').replaceChildren(...areaFilter(beds, area, chooseArea));
  byId('board-table').replaceChildren(boardTable(listed(), now));
};

const chooseArea = (chosen: AreaFilter): void => {
  area = chosen;
  drawBoard();
  byId('board-filter').querySelector<HTMLElement>(`[data-area="${chosen}"]`)?.focus();
};

const showBoard = (moveFocus: boolean): void => {
  const from = opened;
  opened = undefined;
  closePatient();
  byId('patient').replaceChildren();
  byId('clinical').replaceChildren();
  drawOpenedInError(byId('opened-in-error'), byId('error-form'), undefined, () => '');
  drawBoard();
  show('board');
  document.title = `Board – ${DEPARTMENT}`;
  if (!moveFocus) return;
  const row = from && byId('board-table').querySelector<HTMLElement>(`[data-person="${from.person}"] a`);
  (row ?? byId('board-title')).focus();
};

const showRecord = (bed: Bed, moveFocus: boolean): void => {
  const now = new Date();
  opened = bed;
  openPatient({ ...bed.patient, encounter: bed.encounter });
  byId('patient').replaceChildren(patientHeader(bed.patient, londonDay(now)));
  byId('clinical').replaceChildren(...clinicalRecord(bed, now));
  byId('next').replaceChildren(...nextLink(bed));
  drawOpenedInError(byId('opened-in-error'), byId('error-form'), bed.patient.nhsNumber, () => signedIn?.id ?? '');
  show('record');
  document.title = `${bed.location} – ${DEPARTMENT}`;
  if (moveFocus) byId('patient').querySelector('h1')?.focus({ preventScroll: true });
};

const nextLink = (bed: Bed): readonly HTMLElement[] => {
  const next = listed()[listed().indexOf(bed) + 1];
  if (!next) return [];
  return [
    h(
      'a',
      { class: 'steps__next', href: `#${next.id}`, 'data-next': '' },
      'Next patient',
      h('span', { class: 'steps__where' }, `: ${next.location}`),
    ),
  ];
};

/** The address bar decides: `#bed-7` opens that bed, anything else is the board. */
const followAddress = (moveFocus: boolean): void => {
  if (!signedIn) return;
  const bed = beds.find(({ id }) => `#${id}` === location.hash);
  if (bed) showRecord(bed, moveFocus);
  else showBoard(moveFocus);
};

const signInAs = (user: StaffMember): void => {
  signedIn = user;
  signIn(user.id);
  drawSignedInUser(byId('user'), user, staff, { onChange: handOver, onSignOut: leave });
};

const handOver = (to: StaffMember): void => {
  signedIn = to;
  signIn(to.id);
};

const leave = (): void => {
  signedIn = undefined;
  showBoard(false);
  signOut();
  byId('user').replaceChildren();
  byId('board-table').replaceChildren();
  history.replaceState(null, '', location.pathname + location.search);
  show('signedOut');
  document.title = `Signed out – ${DEPARTMENT}`;
  byId('signed-out-title').focus();
};

const drawSignInChoices = (): void => {
  byId('sign-in-as').replaceChildren(
    ...staff.map((user) => {
      const button = h(
        'button',
        { type: 'button', class: 'button' },
        `Sign in as ${user.name}, ${user.role.toLowerCase()}`,
      );
      button.addEventListener('click', () => {
        signInAs(user);
        followAddress(true);
      });
      return button;
    }),
  );
};

const tick = (): void => {
  byId('clock').textContent = londonTime(new Date());
};

/** A fragment link would change the address, which here means another patient. */
byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  byId('main').focus();
});
addEventListener('hashchange', () => followAddress(true));
setInterval(tick, 5_000);

tick();
drawSignInChoices();
signInAs(nurse);
followAddress(false);
