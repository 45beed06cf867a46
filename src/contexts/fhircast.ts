import { nothingHeard, takeEvent } from './fhircast-events.js';
import { own, parseJson, parseUrl } from './guards.js';
import type { AttendanceOptions } from './patient-context.js';
import { Follower, type ContextTag } from './tag.js';
import { Told } from './told.js';

export interface FhircastOptions extends AttendanceOptions {
  /** `hub.url` of the SMART launch. */
  readonly hubUrl: string;
  /** `hub.topic` of the SMART launch: the user's session. */
  readonly topic: string;
  /** Gives the bearer token for the hub; asked for again at every subscription. */
  readonly accessToken?: () => Promise<string>;
  /** What this page is called in the hub's sync errors. */
  readonly subscriberName?: string;
  /**
   * `denied`: the hub has ended the session, and it is not asked again. `why`, with `lost` and `denied`: a sentence for
   * whoever runs the hub, which holds nothing of a patient, a session or a token.
   */
  readonly onState?: (state: 'connected' | 'lost' | 'denied', why?: string) => void;
}

const events = 'Patient-open,Patient-close,Encounter-open,Encounter-close,Home-open,UserLogout,UserHibernate,SyncError';
const second = 1000;
/** Seconds. */
const patience = 10;
/** Seconds for which an empty place may wait for the hub's first word. */
const briefly = 2;

/** Why a hub could not be used, in words. */
class HubError extends Error {}

/**
 * Follows the patient of a FHIRcast session (STU3; a hub that still speaks STU2 too). While the hub is lost, and until
 * it has said again who is open, the tag says that it is out of sync. Returns what stops it.
 */
export function followFhircast(tag: ContextTag, options: FhircastOptions): () => void {
  if (!isSafe(options.hubUrl, 'https:', 'http:')) throw new Error('hubUrl must be an https address');
  const follower = new Follower(tag);
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  let socket: WebSocket | undefined;
  let endpoint = '';
  let confirmed = false;
  let over = false;
  let attempts = 0;
  const told = new Told();
  let heard = nothingHeard;
  /** A denial from now on only says that the lease, which should have been renewed by then, is over. */
  let lapsesAt = Infinity;

  const after = (name: string, seconds: number, run: () => unknown): void => {
    clearTimeout(timers.get(name));
    timers.set(name, setTimeout(run, seconds * second));
  };

  /** An empty place must not be taken for nobody to ask about while the hub has said nothing. */
  const awaitWord = (): void => {
    after('word', briefly, () => {
      tag.outOfSync = true;
    });
  };

  const post = async (mode: 'subscribe' | 'unsubscribe', standing: string): Promise<unknown> => {
    const { hubUrl, topic, accessToken, subscriberName } = options;
    const body = new URLSearchParams({ 'hub.channel.type': 'websocket', 'hub.mode': mode, 'hub.topic': topic });
    if (mode === 'subscribe') body.set('hub.events', events);
    if (standing !== '') body.set('hub.channel.endpoint', standing);
    if (subscriberName !== undefined) body.set('subscriber.name', subscriberName);
    const token = await accessToken?.().catch(() => {
      throw new HubError('accessToken gave no token for the hub');
    });
    const response = await fetch(hubUrl, {
      method: 'POST',
      body,
      headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(patience * second),
    });
    if (!response.ok) throw new HubError(`The hub answered ${response.status} to the subscription`);
    return response.json();
  };

  const subscribe = async (): Promise<void> => {
    try {
      const given = own(await post('subscribe', endpoint), 'hub.channel.endpoint');
      if (over) return;
      if (typeof given !== 'string' || !isSafe(given, 'wss:', 'ws:'))
        throw new HubError('The hub’s answer holds no wss address in hub.channel.endpoint');
      // A renewed lease is confirmed on the socket that stands.
      if (socket === undefined || given !== endpoint) connect(given);
    } catch (error) {
      // A lease that could not be renewed goes on until the hub ends it.
      if (over || socket !== undefined) return;
      lost(error instanceof HubError ? error.message : 'The hub could not be asked, or did not answer in JSON');
    }
  };

  const connect = (given: string): void => {
    drop();
    endpoint = given;
    lapsesAt = Infinity;
    const opened = new WebSocket(given);
    socket = opened;
    awaitWord();
    // A hub that never confirms, or that a firewall has swallowed.
    after('silence', patience, () => {
      lost(
        opened.readyState === WebSocket.OPEN
          ? `The hub’s socket opened, and confirmed nothing in ${patience} s`
          : `The hub’s socket did not open in ${patience} s`,
      );
    });
    opened.onclose = ({ code }) => {
      lost(`The hub’s socket ${confirmed ? 'closed' : 'closed before it confirmed anything'} (code ${code})`);
    };
    opened.onmessage = ({ data }) => {
      const message = parseJson(data);
      if (own(message, 'event') === undefined) {
        hear(message);
        return;
      }
      const id = own(message, 'id');
      if (typeof id === 'string') opened.send(JSON.stringify({ id, status: String(confirmed ? take(message) : 409) }));
    };
  };

  /** What the hub says of the subscription itself. */
  const hear = (message: unknown): void => {
    // Some hubs leave the topic out; the socket's address was given for this one, and nobody can guess it.
    const of = own(message, 'hub.topic') ?? '';
    if (of !== '' && of !== options.topic) return;
    const mode = own(message, 'hub.mode');
    if (mode === 'subscribe') confirm(Number(own(message, 'hub.lease_seconds')));
    else if (mode === 'denied' && performance.now() < lapsesAt) {
      end();
      tag.outOfSync = true;
      say('denied', 'The hub has ended the session');
    }
  };

  const confirm = (leaseSeconds: number): void => {
    for (const name of ['silence', 'word']) clearTimeout(timers.get(name));
    confirmed = true;
    lapsesAt = Infinity;
    if (leaseSeconds > 0) {
      const lease = Math.min(leaseSeconds, 86_400);
      lapsesAt = performance.now() + 0.9 * lease * second;
      after('renew', Math.max(0.8 * lease, 1), subscribe);
    }
    after('stood', patience, () => {
      attempts = 0;
      told.forget();
    });
    // Nobody is shown: there is nothing to be wrong about. Else the hub must first say again who is open.
    if (follower.current === undefined) tag.outOfSync = false;
    options.onState?.('connected');
  };

  const take = (message: unknown): number => {
    const taken = takeEvent(message, options, follower, heard, Date.now());
    const { status, inSync, period } = taken;
    heard = taken.heard ?? heard;
    if (inSync !== undefined) tag.outOfSync = !inSync;
    if (period !== undefined)
      after('silence', 2 * period, () => {
        lost('The hub’s heartbeat has stopped');
      });
    return status;
  };

  /** The line is gone. Full jitter, so that a ward's screens do not all return in the same instant. */
  const lost = (why: string): void => {
    drop();
    // What the hub says when it is back is the truth, whatever the times of before.
    heard = { ...heard, since: nothingHeard.since };
    tag.outOfSync = true;
    say('lost', why);
    after('again', Math.random() * Math.min(30, 2 ** attempts++), subscribe);
  };

  /** To the host each time, to the console once. */
  const say = (state: 'lost' | 'denied', why: string): void => {
    told.warn(`FHIRcast: ${why}`);
    options.onState?.(state, why);
  };

  const drop = (): void => {
    for (const timer of timers.values()) clearTimeout(timer);
    confirmed = false;
    endpoint = '';
    const closing = socket;
    socket = undefined;
    if (closing === undefined) return;
    closing.onmessage = closing.onclose = null;
    closing.close();
  };

  const end = (): void => {
    over = true;
    drop();
  };

  awaitWord();
  void subscribe();
  return () => {
    const standing = endpoint;
    end();
    follower.stop();
    tag.outOfSync = false;
    if (standing !== '') post('unsubscribe', standing).catch(() => undefined);
  };
}

/** Encrypted, unless it is this very computer. */
const isSafe = (address: string, encrypted: string, plain: string): boolean => {
  const { protocol, hostname = '' } = parseUrl(address) ?? {};
  return protocol === encrypted || (protocol === plain && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname));
};
