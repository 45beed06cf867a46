// Random lives of one banner, event by event, through the pure reducer: a host that changes its mind, and news for any
// question and any patient at any moment. An independent model says what the banner may tell.
import { isDeepStrictEqual } from 'node:util';

import type { Reply, Visits } from '../../src/domain/answer.js';
import { idle, reduce, viewOf, type BannerEvent, type BannerState } from '../../src/domain/banner-state.js';
import { readIntent, type HostContext, type PatientOpen } from '../../src/domain/patient-open.js';
import { plan } from '../fixtures/plans.js';
import { oneOf, randomOfCase, type Campaign, type Totals } from './campaign.js';
import { BannerModel, type Told } from './races/banner-model.js';
import { nobody, patients, randomChange, wishOf } from './races/hosts.js';

const now = Date.parse('2026-08-09T12:00:00Z');

const replyOf = (kind: Reply['kind'], nhsNumber: string): Reply => {
  if (kind === 'failed') return { kind, nhsNumber, reason: 'busy', mayHaveLeft: true };
  const at = { nhsNumber, checkedAt: now, clock: 0 };
  if (kind === 'none') return { kind, ...at };
  return { kind, ...at, plans: [plan({ authority: `plans of ${nhsNumber}` })], incomplete: false };
};

const visitsOf = (kind: 'shown' | 'failed', nhsNumber: string): Visits =>
  kind === 'failed'
    ? { kind }
    : {
        kind,
        accesses: [{ at: now, place: `views of ${nhsNumber}`, viewer: undefined, role: undefined }],
        respondedAt: now,
        incomplete: false,
      };

/** What a state tells a host that names `nhsNumber`, in the model's terms. */
const toldBy = (state: BannerState, nhsNumber: string): Told => {
  const { status, answer, visits } = viewOf(state, nhsNumber, now);
  const plans = answer !== undefined && 'plans' in answer ? answer.plans : [];
  return {
    status,
    reason: answer?.status === 'not-checked' ? answer.reason : undefined,
    plansOf: plans[0]?.authority?.replace('plans of ', ''),
    visits: visits.kind,
    viewsOf: visits.kind === 'shown' ? visits.accesses[0]?.place?.replace('views of ', '') : undefined,
  };
};

class Life {
  readonly totals: Totals = { events: 0, 'news dropped': 0, 'answers told': 0, 'views told': 0, 'answers blanked': 0 };
  #state: BannerState = idle;
  #host: HostContext = nobody;
  #questions = 0;
  readonly #model = new BannerModel();
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  get #number(): string {
    return this.#host.nhsNumber.replace(/[ -]/g, '');
  }

  step(): void {
    const random = this.#random;
    const what = random();
    if (what < 0.2) {
      this.#change();
      this.#look();
      if (random() < 0.7) this.#settle();
    } else if (what < 0.25) this.#settle();
    else if (what < 0.6) this.#hearReply();
    else if (what < 0.84) this.#hearVisits();
    else if (what < 0.88) this.#askForVisits();
    else if (what < 0.92) this.#ask();
    else if (what < 0.94) this.#drop();
    else this.#adopt({ nhsNumber: oneOf(random, patients), encounter: oneOf(random, ['', 'E1', 'E9']) });
    this.#look();
  }

  #change(): void {
    this.#host = { ...this.#host, ...randomChange(this.#random, this.#host) };
    const adoptable = this.#random() < 0.5;
    this.#apply({ type: 'host-changed', intent: readIntent(this.#host), adoptable });
    this.#model.hostChanged(this.#host, adoptable);
  }

  /**
   * The host's task is over. Sometimes the session takes over the open for the new encounter, and sometimes it asks.
   */
  #settle(): void {
    const wish = wishOf(this.#host);
    if (wish.kind === 'ask') {
      if (this.#random() < 0.2) this.#adopt({ nhsNumber: wish.about.nhsNumber, encounter: wish.encounter });
      else this.#ask();
      return;
    }
    const intent = readIntent(this.#host);
    if (wish.kind === 'nobody') {
      this.#apply({ type: 'nobody' });
      this.#model.nobody();
    } else {
      if (intent.kind !== 'cannot-ask') throw new Error('The host cannot ask, and may');
      this.#apply({ type: 'cannot-ask', reason: intent.reason });
      this.#model.problem(wish.reason);
    }
  }

  #ask(): void {
    const wish = wishOf(this.#host);
    const intent = readIntent(this.#host);
    if (wish.kind !== 'ask' || intent.kind !== 'ask') return;
    const question = ++this.#questions;
    const { open, setting } = intent;
    this.#apply({ type: 'asked', asked: { open, setting, traceId: `T${question}`, openedAt: question, question } });
    this.#model.asked(wish.about, wish.encounter, wish.setting, question);
  }

  #askForVisits(): void {
    const question = this.#questions + 1;
    const isAsked = this.#model.visitsAsked(question);
    this.#hear({ type: 'visits-asked', question }, isAsked);
    if (isAsked) this.#questions = question;
    if (isAsked) this.#count('visits asked for again');
  }

  #adopt(change: Pick<HostContext, 'nhsNumber' | 'encounter'>): void {
    const wish = wishOf({ ...this.#host, ...change });
    if (wish.kind !== 'ask') return;
    const open = { ...wish.about, encounter: wish.encounter } as PatientOpen;
    this.#apply({ type: 'adopted', open });
    this.#model.adopted(wish.about, wish.encounter);
  }

  #drop(): void {
    const reason = oneOf(this.#random, ['signed-out', 'check-again'] as const);
    this.#apply({ type: 'dropped', reason });
    this.#model.dropped(reason);
  }

  /** Usually the present question; otherwise an older one, or one that was never asked. */
  get #anyQuestion(): number {
    return this.#questions - oneOf(this.#random, [0, 0, 0, 0, 0, 0, 1, 2, -1]);
  }

  #hearReply(): void {
    const question = this.#anyQuestion;
    const nhsNumber = this.#random() < 0.7 ? this.#number : oneOf(this.#random, patients);
    const reply = replyOf(oneOf(this.#random, ['held', 'held', 'none', 'failed'] as const), nhsNumber);
    this.#hear({ type: 'replied', question, reply }, this.#model.replied(question, reply));
  }

  /**
   * A history holds only one patient's views, because the parser lets no other pass. So the present question's history
   * is about the host's patient.
   */
  #hearVisits(): void {
    const question = this.#anyQuestion;
    const of = question === this.#questions ? this.#number : oneOf(this.#random, patients);
    const kind = oneOf(this.#random, ['shown', 'shown', 'failed'] as const);
    this.#hear({ type: 'visits', question, visits: visitsOf(kind, of) }, this.#model.visits(question, { kind, of }));
  }

  /** News that nobody waits for changes nothing. */
  #hear(event: BannerEvent, awaited: boolean): void {
    const before = this.#state;
    this.#apply(event);
    if (!awaited && this.#state !== before) throw new Error(`${event.type} that nobody waits for changed the state`);
    if (!awaited) this.#count('news dropped');
  }

  #apply(event: BannerEvent): void {
    const before = this.#state;
    const after = reduce(before, event);
    this.#state = after;
    this.#count('events');
    if (before.kind === 'answered' && after.kind !== 'answered') this.#count('answers blanked');
  }

  #look(): void {
    const number = this.#number;
    const known = JSON.stringify(this.#state);
    for (const other of patients)
      if (other !== number && known.includes(other)) throw new Error('The state knows another patient than the host’s');

    const told = toldBy(this.#state, number);
    if (!isDeepStrictEqual(told, this.#model.told))
      throw new Error(`The banner is ${told.status}/${told.visits}, not ${JSON.stringify(this.#model.told.status)}`);
    if ([told.plansOf, told.viewsOf].some((of) => of !== undefined && of !== number))
      throw new Error('Another patient’s data is told');
    if (told.plansOf !== undefined) this.#count('answers told');
    if (told.viewsOf !== undefined) this.#count('views told');

    const { status, plansOf, viewsOf } = toldBy(this.#state, patients.find((other) => other !== number) ?? '');
    if (plansOf ?? viewsOf ?? (status === 'none' || undefined))
      throw new Error('A host that names another patient is told of this one');
  }

  #count(what: string): void {
    this.totals[what] = (this.totals[what] ?? 0) + 1;
  }
}

/** @returns what the case counted */
const live = (seed: number, index: number): Totals => {
  const random = randomOfCase(seed, index);
  const life = new Life(random);
  const steps = 6 + Math.floor(random() * 30);
  try {
    for (let step = 0; step < steps; step += 1) life.step();
  } catch (fault) {
    throw new Error(`Seed ${seed}, case ${index}: ${(fault as Error).message}`, { cause: fault });
  }
  return life.totals;
};

export const campaign: Campaign = {
  full: 1_000_000,
  slice: 20_000,
  batch: 10_000,
  open: () =>
    Promise.resolve({
      run: (seed, from, to) => {
        const totals: Totals = {};
        for (let index = from; index < to; index += 1)
          for (const [what, count] of Object.entries(live(seed, index))) totals[what] = (totals[what] ?? 0) + count;
        return totals;
      },
      close: () => undefined,
    }),
};
