/** The tag's class, its events and the types of its answer. Importing this registers nothing. */
export { CpIsBanner } from './element/cp-is-banner.js';
export { CpIsCallEvent, CpIsChangeEvent, CpIsRevealEvent } from './element/events.js';
export type { Access } from './domain/access-history.js';
export type { Answer, CurrentAnswer, EndedAnswer, NoneAnswer, NotCheckedAnswer, Visits } from './domain/answer.js';
export type { Attendance, CareSetting } from './domain/care-setting.js';
export type { Plan, PlanKind, PlanPhase } from './domain/plan.js';
export type { Reason } from './domain/reason.js';
