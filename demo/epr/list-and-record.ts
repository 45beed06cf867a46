/**
 * What every list-and-record screen of an EPR does: a list of patients, one patient's record at a time, and who is
 * signed in. The address bar names the place in the list, never the patient; nothing is logged and nothing is stored.
 */
import { closePatient, openPatient, signIn, signOut } from './banner-tag.js';
import { byId, h, type Child } from './dom.js';
import { londonDay, londonTime } from './format.js';
import { patientHeader, type Patient } from './patient-header.js';
import { drawSignedInUser, type StaffMember } from './signed-in-user.js';

/** One line of the list. */
export interface Listed {
  /** What the address bar shows: `bed-7`. It says nothing about the patient. */
  id: string;
  /** What the window's title and the links call it: "Paeds 4". It says nothing about the patient either. */
  label: string;
  /** The row's index in `people()`, or a word for those who are not there. For tests. */
  person: string;
  patient: Patient;
  /** Opaque, for the page's life. */
  encounter: string;
}

export interface Screen<Item extends Listed> {
  /** "Emergency Department – Whittington Hospital" */
  name: string;
  /** "Board" */
  listName: string;
  /** What a link to the next one in the list says. */
  next: string;
  staff: readonly [StaffMember, ...StaffMember[]];
  items: readonly Item[];
  /** Those that the list shows now, in its order. */
  listed: () => readonly Item[];
  drawList: (now: Date) => void;
  record: (item: Item, now: Date) => readonly Child[];
  /** A record was opened, or with `undefined` closed; `userId` says who is signed in when it is asked. */
  opened?: (item: Item | undefined, userId: () => string) => void;
}

export const startScreen = <Item extends Listed>(screen: Screen<Item>): void => {
  const views = { board: byId('board'), record: byId('record'), signedOut: byId('signed-out') };
  let opened: Item | undefined;
  let signedIn: StaffMember | undefined;
  const userId = (): string => signedIn?.id ?? '';

  const show = (view: keyof typeof views): void => {
    for (const [name, section] of Object.entries(views)) section.hidden = name !== view;
    scrollTo(0, 0);
  };

  const showList = (moveFocus: boolean): void => {
    const from = opened;
    opened = undefined;
    closePatient();
    byId('patient').replaceChildren();
    byId('clinical').replaceChildren();
    screen.opened?.(undefined, userId);
    screen.drawList(new Date());
    show('board');
    document.title = `${screen.listName} – ${screen.name}`;
    if (!moveFocus) return;
    const row = from && byId('board-table').querySelector<HTMLElement>(`[data-person="${from.person}"] a`);
    (row ?? byId('board-title')).focus();
  };

  const showRecord = (item: Item, moveFocus: boolean): void => {
    const now = new Date();
    opened = item;
    openPatient({ ...item.patient, encounter: item.encounter });
    byId('patient').replaceChildren(patientHeader(item.patient, londonDay(now)));
    byId('clinical').replaceChildren(...screen.record(item, now).filter((part) => part !== undefined));
    byId('next').replaceChildren(...nextLink(item));
    screen.opened?.(item, userId);
    show('record');
    document.title = `${item.label} – ${screen.name}`;
    if (moveFocus) byId('patient').querySelector('h1')?.focus({ preventScroll: true });
  };

  const nextLink = (item: Item): readonly HTMLElement[] => {
    const listed = screen.listed();
    const next = listed[listed.indexOf(item) + 1];
    if (!next) return [];
    return [
      h(
        'a',
        { class: 'steps__next', href: `#${next.id}`, 'data-next': '' },
        screen.next,
        h('span', { class: 'steps__where' }, `: ${next.label}`),
      ),
    ];
  };

  /** The address bar decides: `#bed-7` opens that bed, anything else is the list. */
  const followAddress = (moveFocus: boolean): void => {
    if (!signedIn) return;
    const item = screen.items.find(({ id }) => `#${id}` === location.hash);
    if (item) showRecord(item, moveFocus);
    else showList(moveFocus);
  };

  const signInAs = (user: StaffMember): void => {
    handOver(user);
    drawSignedInUser(byId('user'), user, screen.staff, { onChange: handOver, onSignOut: leave });
  };

  const handOver = (to: StaffMember): void => {
    signedIn = to;
    signIn(to.id);
  };

  const leave = (): void => {
    signedIn = undefined;
    showList(false);
    signOut();
    byId('user').replaceChildren();
    byId('board-table').replaceChildren();
    history.replaceState(null, '', location.pathname + location.search);
    show('signedOut');
    document.title = `Signed out – ${screen.name}`;
    byId('signed-out-title').focus();
  };

  const signInChoice = (user: StaffMember): HTMLElement => {
    const words = `Sign in as ${user.name}, ${user.role.toLowerCase()}`;
    const button = h('button', { type: 'button', class: 'button' }, words);
    button.addEventListener('click', () => {
      signInAs(user);
      followAddress(true);
    });
    return button;
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
  byId('sign-in-as').replaceChildren(...screen.staff.map(signInChoice));
  signInAs(screen.staff[0]);
  followAddress(false);
};
