import type { Visits } from '../domain/answer.js';
import type { BannerView } from '../domain/banner-state.js';
import type { Attendance } from '../domain/care-setting.js';
import type { Instant } from '../domain/calendar.js';
import type { Line } from '../domain/office-hours.js';
import type { Reason } from '../domain/reason.js';

const init: EventInit = { bubbles: true, composed: true };

/** What `cp-is-change` says. */
export interface Change {
  readonly status: BannerView['status'];
  readonly reason: Reason | undefined;
  readonly visits: Visits['kind'];
  readonly attendance: Attendance | undefined;
  readonly checkedAt: Instant | undefined;
}

export const changeOf = ({ status, answer, visits, asked }: BannerView): Change => ({
  status,
  reason: answer?.status === 'not-checked' ? answer.reason : undefined,
  visits: visits.kind,
  attendance: asked?.open.attendance,
  checkedAt: answer !== undefined && 'checkedAt' in answer ? answer.checkedAt : undefined,
});

export const isSameChange = (one: Change, other: Change): boolean =>
  Object.entries(one).every(([name, value]) => value === other[name as keyof Change]);

/** The status, its reason or the visits have changed. It names no patient. Sent once a task, when the task is over. */
export class CpIsChangeEvent extends Event implements Change {
  static readonly type = 'cp-is-change';
  readonly status: BannerView['status'];
  readonly reason: Reason | undefined;
  readonly visits: Visits['kind'];
  readonly attendance: Attendance | undefined;
  /** When the register answered, in milliseconds since 1970. */
  readonly checkedAt: Instant | undefined;

  constructor(change: Change) {
    super(CpIsChangeEvent.type, init);
    this.status = change.status;
    this.reason = change.reason;
    this.visits = change.visits;
    this.attendance = change.attendance;
    this.checkedAt = change.checkedAt;
  }
}

/** A telephone number was followed. It names the authority: hosts must not log it with the patient. */
export class CpIsCallEvent extends Event {
  static readonly type = 'cp-is-call';
  /** The local authority's name as it is shown. */
  readonly authority: string;
  readonly line: Line;

  constructor(authority: string, line: Line) {
    super(CpIsCallEvent.type, init);
    this.authority = authority;
    this.line = line;
  }
}

/** The details of a discreet banner were shown. */
export class CpIsRevealEvent extends Event {
  static readonly type = 'cp-is-reveal';

  constructor() {
    super(CpIsRevealEvent.type, init);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cp-is-change': CpIsChangeEvent;
    'cp-is-call': CpIsCallEvent;
    'cp-is-reveal': CpIsRevealEvent;
  }
}
