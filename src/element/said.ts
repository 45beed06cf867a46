import type { AccessHistory } from '../domain/access-history.js';
import type { Answer } from '../domain/answer.js';
import { idle, viewOf, type BannerState, type BannerView } from '../domain/banner-state.js';
import type { Instant } from '../domain/calendar.js';
import { historyOf } from '../domain/history-of.js';

/** The state of the banner after a drawing fault. */
const undrawn: BannerState = { kind: 'dropped', asked: undefined, reason: 'unreachable' };

/** What the banner says now: the state as seen at this moment, with the visits counted once. */
export class Said {
  view: BannerView = viewOf(idle, '', 0);
  now: Instant = 0;
  history: AccessHistory | undefined;
  /** The answer, with the history of visits once they are shown. */
  answer: Answer | undefined;

  /** `nhsNumber`: the one that the host has set. */
  take(state: BannerState, nhsNumber: string, service: string, now: Instant): void {
    const before = this.view;
    this.now = now;
    this.view = viewOf(state, nhsNumber, now);
    if (before.visits !== this.view.visits || before.answer !== this.view.answer) this.count(service);
  }

  /** `service`: this place, which decides which visits are this attendance. */
  count(service: string): void {
    const { answer } = this.view;
    const history = historyOf(this.view, service);
    const holds = answer?.status === 'current' || answer?.status === 'ended';
    this.history = history;
    this.answer = holds && history !== undefined ? { ...answer, history } : answer;
  }

  /** Nothing could be drawn: not checked. */
  undrawn(): void {
    this.view = viewOf(undrawn, '', 0);
  }

  get isAnswer(): boolean {
    const { status } = this.view;
    return status === 'current' || status === 'ended' || status === 'none';
  }
}
