import { Counter, Gauge, Histogram, Registry } from 'prom-client';

import type { Observer } from '../gateway/observer.js';

export interface Metrics {
  readonly observer: Observer;
  readonly registry: Registry;
}

function instruments(registers: Registry[]) {
  const requests = new Counter({
    name: 'cpis_requests_total',
    help: 'Answers, by route, status and fault.',
    labelNames: ['route', 'status', 'fault'],
    registers,
  });
  const seconds = new Histogram({
    name: 'cpis_request_seconds',
    help: 'How long an answer took.',
    labelNames: ['route'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 9],
    registers,
  });
  const reads = new Counter({
    name: 'cpis_reads_total',
    help: 'Reads that the register answered: alert, or silent.',
    labelNames: ['kind'],
    registers,
  });
  const renewals = new Counter({
    name: 'cpis_renewals_total',
    help: 'Renewals of tokens, by how, and the fault of those that failed.',
    labelNames: ['how', 'fault'],
    registers,
  });
  const signIns = new Counter({
    name: 'cpis_sign_ins_total',
    help: 'Sign-ins, by how they ended.',
    labelNames: ['how'],
    registers,
  });
  const ended = new Counter({
    name: 'cpis_sessions_ended_total',
    help: 'Sessions that ended, by what.',
    labelNames: ['by'],
    registers,
  });
  return { requests, seconds, reads, renewals, signIns, ended };
}

/** Labels come from closed lists. None names a person, a session or a patient. */
export function createMetrics(headroom: () => Promise<number>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const { requests, seconds, reads, renewals, signIns, ended } = instruments(registers);
  new Gauge({
    name: 'cpis_limit_headroom',
    help: 'How many reads are left of this minute’s limit, for all instances.',
    registers,
    async collect() {
      // When the store does not answer, no number is better than an old one.
      const left = await headroom().catch(() => NaN);
      this.set(left);
    },
  });
  return {
    registry,
    observer: {
      read: ({ route, status, fault, ms, alerts }) => {
        requests.inc({ route, status, fault: fault ?? '' });
        seconds.observe({ route }, ms / 1000);
        if (status === 200 && route === 'CareTeam') reads.inc({ kind: alerts === true ? 'alert' : 'silent' });
        if (status === 200 && route === 'PatientFlag') reads.inc({ kind: 'silent' });
      },
      route: ({ route, status, fault, ms }) => {
        requests.inc({ route, status, fault: fault ?? '' });
        seconds.observe({ route }, ms / 1000);
      },
      signIn: (how) => signIns.inc({ how }),
      ended: (by, count) => ended.inc({ by }, count),
      renewed: (how, fault) => renewals.inc({ how, fault: fault?.code ?? '' }),
    },
  };
}

/** Passes everything on to each of these observers. */
export const allOf = (...observers: readonly Observer[]): Observer => ({
  read: (...told) => {
    const waits = observers.map((observer) => observer.read(...told)).filter((given) => given instanceof Promise);
    return waits.length > 1 ? Promise.all(waits) : waits[0];
  },
  route: (...told) => observers.forEach((observer) => observer.route(...told)),
  signIn: (...told) => observers.forEach((observer) => observer.signIn(...told)),
  ended: (...told) => observers.forEach((observer) => observer.ended(...told)),
  renewed: (...told) => observers.forEach((observer) => observer.renewed(...told)),
});
