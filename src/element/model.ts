import type { AccessHistory } from '../domain/access-history.js';
import type { Answer } from '../domain/answer.js';
import type { BannerView } from '../domain/banner-state.js';
import type { Instant } from '../domain/calendar.js';
import { isSilent, type Attendance, type CareSetting } from '../domain/care-setting.js';
import { registerTime, todayBy, type Today } from '../domain/clocks.js';
import type { Contact } from '../domain/contact.js';
import { noteText } from './wording/note.js';
import { defaultOfficeHours, lineNow, parseOfficeHours, type Line, type LineNow } from '../domain/office-hours.js';
import { openOf, type Plan } from '../domain/plan.js';

export type Layout = 'banner' | 'compact' | 'panel';

/** What the reader has done with this banner; forgotten when another open begins. */
export interface Reader {
  readonly detailsOpen: boolean;
  readonly errorOpen: boolean;
  readonly hidden: boolean;
  readonly revealed: boolean;
  /** Has confirmed that this is the patient, although the EPR is out of reach. */
  readonly knowsPatient: boolean;
  /** The text whose copy button was last pressed, and whether it reached the clipboard. */
  readonly copied: { readonly text: string; readonly done: boolean } | undefined;
}

export const freshReader: Reader = {
  detailsOpen: false,
  errorOpen: false,
  hidden: false,
  revealed: false,
  knowsPatient: false,
  copied: undefined,
};

/** The answers that hold plans to list. */
export type HoldsPlans = Extract<Answer, { plans: readonly Plan[] }>;

/** Everything one rendering needs: the view templates read nothing else. */
export interface Model {
  readonly view: BannerView;
  /** The number asked about, or that would be; "" when there is no valid one. */
  readonly nhsNumber: string;
  /** By the register's clock, where it is known to differ. */
  readonly now: Instant;
  readonly today: Today;
  readonly attendance: Attendance | undefined;
  readonly setting: CareSetting | undefined;
  readonly layout: Layout;
  readonly discreet: boolean;
  readonly outOfSync: boolean;
  readonly homeAuthorities: string;
  /** One authority’s line for now, by the hours of its own office. */
  readonly lineOf: (contact: Contact) => LineNow;
  readonly hoursUnreadable: boolean;
  readonly history: AccessHistory | undefined;
  /** This place, as CP-IS lists it; "" when the host has not said. */
  readonly service: string;
  /** The check has taken so long that the reader is told. */
  readonly isLong: boolean;
  /** Visits that did not load can still be asked for under the open's TraceID. */
  readonly canTryAgain: boolean;
  readonly note: string;
  readonly reader: Reader;
}

/** What a reader can do. */
export interface Actions {
  check(): void;
  /** Asks again because the visits did not load. */
  checkVisits(): void;
  set(change: Partial<Reader>): void;
  reveal(): void;
  /** Closes what the reader opened. */
  close(): void;
  copy(text: string): void;
  called(authority: string, line: Line): void;
}

/** What the element knows when it renders; the rest of a model follows from it. */
export interface Facts extends Omit<Model, 'today' | 'lineOf' | 'hoursUnreadable' | 'layout' | 'note'> {
  readonly layout: string;
  readonly officeHours: string;
}

export function modelOf({ officeHours, layout, ...facts }: Facts): Model {
  const hours = officeHours === '' ? defaultOfficeHours : parseOfficeHours(officeHours);
  const { clock } = facts.view;
  const now = registerTime(facts.now, clock);
  let today: Today | undefined;
  let line: LineNow | undefined;
  let note: string | undefined;
  return {
    ...facts,
    now,
    layout: layout === 'compact' || layout === 'panel' ? layout : 'banner',
    // Worked out only when an answer needs them: the browser's first use of London's clock is slower than all of
    // "checking".
    get today() {
      return (today ??= todayBy(facts.now, clock));
    },
    // CP-IS gives no office’s hours, so the host’s stand for all of them.
    lineOf: () => (line ??= lineNow(hours ?? defaultOfficeHours, now)),
    get note() {
      return (note ??= noteOf(this));
    },
    hoursUnreadable: hours === undefined,
  };
}

/** What is copied for the notes; empty when nothing is known, or it is uncertain whose it is. */
function noteOf(model: Model): string {
  const { view, nhsNumber, now, today, lineOf, history, outOfSync, attendance } = model;
  if (view.answer === undefined || outOfSync) return '';
  const isHistoryIncomplete = view.visits.kind !== 'shown' || view.visits.incomplete;
  return noteText({
    answer: view.answer,
    nhsNumber,
    now,
    today,
    lineOf,
    history,
    isHistoryIncomplete,
    isSilent: isSilent(attendance),
  });
}

/** Whether the answer's details wait behind Show, even where the status itself is plain. */
export const isCovered = ({ discreet, reader }: Model): boolean => discreet && !reader.revealed;

/** Whether an answer was cached on its way: it may be old, and nothing is known of an alert. */
export const isOld = (answer: HoldsPlans): boolean => 'kept' in answer;

/** How urgent the banner looks. Colour repeats the heading's words and never replaces them. */
export type Tone = 'alert' | 'care' | 'ended' | 'none' | 'failed' | 'checking';

export function toneOf(model: Model): Tone {
  const { view } = model;
  switch (view.status) {
    case 'idle':
    case 'checking':
      return 'checking';
    case 'not-checked':
      return 'failed';
    case 'none':
      return 'none';
    case 'ended':
      // Once the baby is born a plan may continue, on the baby's own record.
      return view.answer.plans.some(({ kind }) => kind === 'unborn') ? 'care' : 'ended';
    case 'current': {
      const open = openOf(view.answer.plans, model.today);
      return open.every(({ kind }) => kind === 'looked-after') ? 'care' : 'alert';
    }
  }
}

/** Whether the EPR is out of reach and the reader has not confirmed the patient. */
export const isLost = ({ outOfSync, reader }: Model): boolean => outOfSync && !reader.knowsPatient;

/** The number that shows whose banner this is; in a discreet banner it is one of the details. */
export const shownNumber = (model: Model): string => (isCovered(model) ? '' : model.nhsNumber);

/** Both held and none wait behind "Please read" when discreet, or once hidden; a failure stays plain. */
export function isVeiled(model: Model): boolean {
  const { status } = model.view;
  return (status === 'current' || status === 'ended' || status === 'none') && (model.reader.hidden || isCovered(model));
}
