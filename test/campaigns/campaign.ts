import { spawn, type ChildProcess } from 'node:child_process';

import { postgresBin, startCluster, type Cluster } from '../support/node/postgres-cluster.js';

/** What a campaign counted: a label in plain words, and its count. */
export type Totals = Record<string, number>;

/**
 * A seeded test with many cases (`NAME.campaign.ts` exports it as `campaign`). The seed and the index alone identify a
 * case, so an interrupted campaign goes on where it was.
 */
export interface Campaign {
  /**
   * How many cases the whole campaign has, and how many of them each `npm test` runs (0: none, it needs more than npm).
   */
  readonly full: number;
  readonly slice: number;
  /** How many cases are run, and saved, together. */
  readonly batch: number;
  /** Sets up what the cases need. `run` rejects, naming seed and index, when a case shows a fault. */
  readonly open: () => Promise<{
    readonly run: (seed: number, from: number, to: number) => Totals | Promise<Totals>;
    readonly close: () => void | Promise<void>;
  }>;
}

/** The random numbers of one case. */
export const randomOfCase = (seed: number, index: number): (() => number) =>
  randomOf(Math.imul(seed, 1_000_003) + index);

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export const randomOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

export const oneOf = <Item>(random: () => number, items: readonly Item[]): Item =>
  items[Math.floor(random() * items.length)] as Item;

/** Does the work with a PostgreSQL server of its own. Says so and leaves when PostgreSQL is not installed. */
export const withCluster = async (
  settings: readonly string[],
  work: (cluster: Cluster) => Promise<void>,
): Promise<void> => {
  const bin = postgresBin();
  if (bin === undefined) {
    console.log('SKIPPED: PostgreSQL 15 or later is not installed here. On Debian: apt-get install postgresql');
    return;
  }
  const cluster = await startCluster(bin, settings);
  try {
    await work(cluster);
  } finally {
    await cluster.stop();
  }
};

export interface RegisterProcess {
  url: string;
  process: ChildProcess;
  /** What it has printed so far, on both its streams. */
  said: string[];
  /** Kills it as a power cut would: no signal handler runs. */
  kill: () => Promise<void>;
}

/** The register in a process of its own, on a free port. Its data is on a server, in a folder, or in memory. */
export const startRegister = async ({
  databaseUrl = '',
  folder,
}: { databaseUrl?: string; folder?: string } = {}): Promise<RegisterProcess> => {
  const where = folder === undefined ? [] : ['--data', folder];
  const words = ['--import', 'tsx', 'demo/register/main.ts', '--port', '0', ...where];
  const child = spawn(process.execPath, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.push(text);
      const found = /http:\/\/[\d.:]+/.exec(text);
      if (found) resolve(found[0]);
    });
    void gone.then(() => reject(new Error('The register did not start')));
  });
  return {
    url,
    process: child,
    said,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
};

export const careTeamUrl = (url: string, nhsNumber: string): string =>
  `${url}/cpis/FHIR/R4/CareTeam?patient:identifier=https://fhir.nhs.uk/Id/nhs-number|${nhsNumber}`;

export const readHeaders = (token: string, traceId: string, unscheduled: boolean): Record<string, string> => ({
  Authorization: `Bearer ${token}`,
  TraceID: traceId,
  IsUnscheduledAccessEvent: String(unscheduled),
});
