import { accessHistory, type AccessHistory } from '../domain/access-history.js';
import type { Answer } from '../domain/answer.js';
import type { BannerView } from '../domain/banner-state.js';
import type { Instant } from '../domain/calendar.js';
import type { Attendance, CareSetting } from '../domain/care-setting.js';
import { registerTime, todayBy, type Today } from '../domain/clocks.js';
import { defaultOfficeHours, lineNow, parseOfficeHours, type Line, type LineNow } from '../domain/office-hours.js';
import { phaseOf, type Plan } from '../domain/plan.js';

export type Layout = 'banner' | 'compact' | 'panel';

/** What the reader has done with this banner; forgotten when another open begins. */
export interface Reader {
  readonly viewsOpen: boolean;
  readonly errorOpen: boolean;
  readonly hidden: boolean;
  readonly revealed: boolean;
  /** The number whose copy button was last pressed, and whether it reached the clipboard. */
  readonly copied: { readonly phone: string; readonly done: boolean } | undefined;
}

export const freshReader: Reader = {
  viewsOpen: false,
  errorOpen: false,
  hidden: false,
  revealed: false,
  copied: undefined,
};

/** The answers that hold plans to list. */
export type HoldsPlans = Extract<Answer, { plans: readonly Plan[] }>;

/** Everything one rendering needs: the view templates read nothing else. */
export interface Model {
  readonly view: BannerView;
  /** By the register's clock, where it is known to differ. */
  readonly now: Instant;
  readonly today: Today;
  readonly attendance: Attendance | undefined;
  readonly setting: CareSetting | undefined;
  readonly layout: Layout;
  readonly discreet: boolean;
  readonly outOfSync: boolean;
  readonly homeAuthorities: string;
  readonly line: LineNow;
  readonly hoursUnreadable: boolean;
  readonly history: AccessHistory | undefined;
  readonly reader: Reader;
}

/** What a reader can do. */
export interface Actions {
  check(): void;
  set(change: Partial<Reader>): void;
  reveal(): void;
  /** Closes what the reader opened. */
  close(): void;
  copy(phone: string): void;
  called(authority: string, line: Line): void;
}

/** What the element knows when it renders. */
export interface Facts {
  readonly view: BannerView;
  readonly now: Instant;
  readonly attendance: Attendance | undefined;
  readonly setting: CareSetting | undefined;
  readonly layout: string;
  readonly discreet: boolean;
  readonly outOfSync: boolean;
  readonly officeHours: string;
  readonly homeAuthorities: string;
  readonly reader: Reader;
}

export function modelOf({ officeHours, layout, ...facts }: Facts): Model {
  const hours = officeHours === '' ? defaultOfficeHours : parseOfficeHours(officeHours);
  const { visits, clock } = facts.view;
  const now = registerTime(facts.now, clock);
  let line: LineNow | undefined;
  return {
    ...facts,
    now,
    layout: layout === 'compact' || layout === 'panel' ? layout : 'banner',
    // Not before an answer needs them: the browser's first look at London's clock takes longer than all of "checking".
    get today() {
      return todayBy(facts.now, clock);
    },
    get line() {
      return (line ??= lineNow(hours ?? defaultOfficeHours, now));
    },
    hoursUnreadable: hours === undefined,
    history:
      visits.kind === 'shown'
        ? accessHistory(visits.accesses, visits.respondedAt, facts.attendance === 'unscheduled')
        : undefined,
  };
}

/** What an answer says waits behind Show, even where the status itself is plain. */
export const isCovered = ({ discreet, reader }: Model): boolean => discreet && !reader.revealed;

/** An answer that was kept somewhere on its way: it may be old, and nothing is known of an alert. */
export const isOld = (answer: HoldsPlans): boolean => 'kept' in answer;

/** How urgent the banner looks. Colour repeats the heading's words and never carries them alone. */
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
    case 'ended':
      return view.status;
    case 'current': {
      const open = view.answer.plans.filter((plan) => phaseOf(plan, model.today) !== 'ended');
      return open.every(({ kind }) => kind === 'looked-after') ? 'care' : 'alert';
    }
  }
}

/** Held and none alike wait behind "Please read" when discreet, or once hidden; a failure stays plain. */
export function isVeiled(model: Model): boolean {
  const { status } = model.view;
  return (status === 'current' || status === 'ended' || status === 'none') && (model.reader.hidden || isCovered(model));
}
