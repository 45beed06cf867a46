import { accesses, flagBundle, flagged, held, none } from '../../fixtures/bundles.js';
import { oneOf } from '../campaign.js';
import { patients } from './hosts.js';

/** One request as the register saw it. */
export interface Seen {
  readonly traceId: string;
  readonly resource: string;
  readonly nhsNumber: string;
  readonly attendance: string;
  readonly user: string;
  readonly baseUrl: string;
  /** How it ended. `undefined` while it is under way. */
  ended: 'answered' | 'failed' | 'aborted' | undefined;
}

/** Whom the register has a record of: everyone but the last two. */
export const isHeld = (nhsNumber: string): boolean => patients.indexOf(nhsNumber) < patients.length - 2;

/** Words that say whose plan or view it is, and for whom it was asked. They are in every answer's names. */
export const markOf = ({
  nhsNumber,
  user,
  attendance,
  baseUrl,
}: Pick<Seen, 'nhsNumber' | 'user' | 'attendance' | 'baseUrl'>): string =>
  `of ${nhsNumber} for ${user} ${attendance} at ${new URL(baseUrl).hostname}`;

/**
 * A register on a virtual clock, in place of `fetch`: late, out of order, broken or mute, but truthful about whom it
 * holds.
 */
export class VirtualRegister {
  readonly seen: Seen[] = [];
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  readonly fetch = (input: string, { headers, signal }: { headers: Record<string, string>; signal: AbortSignal }) =>
    new Promise<Response>((resolve, reject) => {
      const seen = read(input, headers);
      this.seen.push(seen);
      const end = (how: NonNullable<Seen['ended']>, say: () => void): void => {
        if (seen.ended !== undefined) return;
        seen.ended = how;
        say();
      };
      const abort = (): void => {
        end('aborted', () => {
          reject(new DOMException('aborted', 'AbortError'));
        });
      };
      if (signal.aborted) abort();
      signal.addEventListener('abort', abort);
      const fate = this.#random();
      if (fate > 0.97) return;
      setTimeout(
        () => {
          if (fate < 0.75)
            end('answered', () => {
              resolve(answer(bodyOf(seen)));
            });
          else
            end('failed', () => {
              this.#fail(seen, resolve, reject);
            });
        },
        oneOf(this.#random, [0, 1, 5, 30, 200, 1500, 9000, 20_000]) * this.#random(),
      );
    });

  #fail(seen: Seen, resolve: (response: Response) => void, reject: (reason: unknown) => void): void {
    const another = oneOf(
      this.#random,
      patients.filter((each) => each !== seen.nhsNumber),
    );
    const failures: readonly (() => void)[] = [
      () => {
        reject(new TypeError('Failed to fetch'));
      },
      () => {
        const status = oneOf(this.#random, [400, 401, 403, 404, 408, 429, 500, 502, 503, 504, 204]);
        const after = oneOf(this.#random, [undefined, '1', '30']);
        resolve(new Response(null, { status, headers: after === undefined ? {} : { 'Retry-After': after } }));
      },
      () => {
        resolve(answer(JSON.stringify(none(seen.nhsNumber)).slice(0, -this.#random() * 40 - 1)));
      },
      () => {
        resolve(answer(bodyOf({ ...seen, nhsNumber: another })));
      },
    ];
    oneOf(this.#random, failures)();
  }
}

const start = Date.parse('2026-08-09T12:00:00Z');
/** The register's own clock, which is not affected when the computer's is put forward or back. */
const now = (): string => new Date(start + performance.now()).toUTCString();

const answer = (body: string): Response => new Response(body, { headers: { Date: now() } });

function read(input: string, headers: Record<string, string>): Seen {
  const [, baseUrl = '', resource = '', query = ''] = /^(.*)\/(\w+)\?(.*)$/.exec(input) ?? [];
  return {
    traceId: headers['TraceID'] ?? '',
    resource,
    nhsNumber: /\d{10}/.exec(query)?.[0] ?? '',
    attendance: headers['IsUnscheduledAccessEvent'] === 'true' ? 'unscheduled' : 'scheduled',
    user: (headers['Authorization'] ?? '').replace('Bearer token-of-', ''),
    baseUrl,
    ended: undefined,
  };
}

function bodyOf(seen: Seen): string {
  const { nhsNumber, resource } = seen;
  const name = `Council ${markOf(seen)}`;
  const viewer = {
    at: new Date(Date.now() - 86_400_000).toISOString(),
    number: nhsNumber,
    viewer: `View ${markOf(seen)}`,
  };
  if (resource === 'AuditEvent') return JSON.stringify(accesses([viewer], nhsNumber));
  if (!isHeld(nhsNumber)) return JSON.stringify(none(nhsNumber));
  if (resource !== 'PatientFlag') return JSON.stringify(held({ number: nhsNumber, name }));
  // A reference with the number in it. Without the number nobody could say whose it is.
  return JSON.stringify(flagBundle(...flagged({ name }))).replaceAll('Patient/example', `Patient/${nhsNumber}`);
}
