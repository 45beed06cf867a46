/**
 * What every list-and-record screen of an EPR does: a list of patients, one patient's record at a time, and who is
 * signed in. The address bar names the place in the list, never the patient. Nothing is logged and nothing is stored.
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
  /** The row's index in `people()`, or a word for patients who are not there. For tests. */
  person: string;
  patient: Patient;
  /** Opaque. Kept as long as the page. */
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
  /**
   * Called when a record is opened, or with `undefined` when it is closed. `userId` returns who is signed in at that
   * time.
   */
  opened?: (item: Item | undefined, userId: () => string) => void;
}

export const startScreen = <Item extends Listed>(screen: Screen<Item>): void => new ListAndRecord(screen).start();

class ListAndRecord<Item extends Listed> {
  readonly #screen: Screen<Item>;
  readonly #views = { board: byId('board'), record: byId('record'), signedOut: byId('signed-out') };
  #opened: Item | undefined;
  #signedIn: StaffMember | undefined;

  constructor(screen: Screen<Item>) {
    this.#screen = screen;
  }

  start(): void {
    const { staff } = this.#screen;
    const tick = (): void => {
      byId('clock').textContent = londonTime(new Date());
    };
    // A fragment link would change the address, and here that means another patient.
    byId('skip').addEventListener('click', (event) => {
      event.preventDefault();
      byId('main').focus();
    });
    addEventListener('hashchange', () => this.#followAddress(true));
    setInterval(tick, 5_000);

    tick();
    byId('sign-in-as').replaceChildren(...staff.map((user) => this.#signInChoice(user)));
    this.#signInAs(staff[0]);
    this.#followAddress(false);
  }

  #userId = (): string => this.#signedIn?.id ?? '';

  /** Follows the address bar: `#bed-7` opens that bed, and anything else is the list. */
  #followAddress(moveFocus: boolean): void {
    if (!this.#signedIn) return;
    const item = this.#screen.items.find(({ id }) => `#${id}` === location.hash);
    if (item) this.#showRecord(item, moveFocus);
    else this.#showList(moveFocus);
  }

  #show(view: 'board' | 'record' | 'signedOut', title: string): void {
    for (const [name, section] of Object.entries(this.#views)) section.hidden = name !== view;
    scrollTo(0, 0);
    document.title = `${title} – ${this.#screen.name}`;
  }

  #showList(moveFocus: boolean): void {
    const from = this.#opened;
    this.#opened = undefined;
    closePatient();
    byId('patient').replaceChildren();
    byId('clinical').replaceChildren();
    this.#screen.opened?.(undefined, this.#userId);
    this.#screen.drawList(new Date());
    this.#show('board', this.#screen.listName);
    if (!moveFocus) return;
    const row = from && byId('board-table').querySelector<HTMLElement>(`[data-person="${from.person}"] a`);
    (row ?? byId('board-title')).focus();
  }

  #showRecord(item: Item, moveFocus: boolean): void {
    const now = new Date();
    this.#opened = item;
    openPatient({ ...item.patient, encounter: item.encounter });
    byId('patient').replaceChildren(patientHeader(item.patient, londonDay(now)));
    byId('clinical').replaceChildren(...this.#screen.record(item, now).filter((part) => part !== undefined));
    byId('next').replaceChildren(...this.#nextLink(item));
    this.#screen.opened?.(item, this.#userId);
    this.#show('record', item.label);
    if (moveFocus) byId('patient').querySelector('h1')?.focus({ preventScroll: true });
  }

  #nextLink(item: Item): readonly HTMLElement[] {
    const listed = this.#screen.listed();
    const next = listed[listed.indexOf(item) + 1];
    if (!next) return [];
    const where = h('span', { class: 'steps__where' }, `: ${next.label}`);
    return [h('a', { class: 'steps__next', href: `#${next.id}`, 'data-next': '' }, this.#screen.next, where)];
  }

  #signInAs(user: StaffMember): void {
    this.#handOver(user);
    drawSignedInUser(byId('user'), user, this.#screen.staff, {
      onChange: (to) => this.#handOver(to),
      onSignOut: () => this.#leave(),
    });
  }

  #handOver(to: StaffMember): void {
    this.#signedIn = to;
    signIn(to.id);
  }

  #leave(): void {
    this.#signedIn = undefined;
    this.#showList(false);
    signOut();
    byId('user').replaceChildren();
    byId('board-table').replaceChildren();
    history.replaceState(null, '', location.pathname + location.search);
    this.#show('signedOut', 'Signed out');
    byId('signed-out-title').focus();
  }

  #signInChoice(user: StaffMember): HTMLElement {
    const words = `Sign in as ${user.name}, ${user.role.toLowerCase()}`;
    const button = h('button', { type: 'button', class: 'button' }, words);
    button.addEventListener('click', () => {
      this.#signInAs(user);
      this.#followAddress(true);
    });
    return button;
  }
}
