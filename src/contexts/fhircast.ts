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
   * `denied`: the hub has ended the session, and is not asked again. `why`, with `lost` and `denied`: a sentence for
   * the people who run the hub, with nothing about a patient, a session or a token.
   */
  readonly onState?: (state: 'connected' | 'lost' | 'denied', why?: string) => void;
}

const events = 'Patient-open,Patient-close,Encounter-open,Encounter-close,Home-open,UserLogout,UserHibernate,SyncError';
const second = 1000;
/** In seconds. */
const answersWithin = 10;
/** How long an empty banner may wait for the hub's first word, in seconds. */
const briefly = 2;

/** Why a hub could not be used, in words. */
class HubError extends Error {}

/**
 * Follows the patient of a FHIRcast session (STU3, or a hub that still speaks STU2). While the hub is lost, and until
 * it has said again who is open, the tag says that it is out of sync. Returns a function that stops it.
 */
export function followFhircast(tag: ContextTag, options: FhircastOptions): () => void {
  if (!isSafe(options.hubUrl, 'https:', 'http:')) throw new Error('hubUrl must be an https address');
  const subscription = new Subscription(tag, options);
  return () => {
    subscription.stop();
  };
}

class Subscription {
  readonly #tag: ContextTag;
  readonly #options: FhircastOptions;
  readonly #follower: Follower;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #told = new Told();
  #socket: WebSocket | undefined;
  #endpoint = '';
  #isConfirmed = false;
  #isOver = false;
  #attempts = 0;
  #heard = nothingHeard;
  /** From this time on, a denial only means that the lease ran out without being renewed. */
  #lapsesAt = Infinity;

  constructor(tag: ContextTag, options: FhircastOptions) {
    this.#tag = tag;
    this.#options = options;
    this.#follower = new Follower(tag);
    this.#awaitWord();
    void this.#subscribe();
  }

  stop(): void {
    const standing = this.#endpoint;
    this.#end();
    this.#follower.stop();
    this.#tag.outOfSync = false;
    if (standing !== '') askHub(this.#options, 'unsubscribe', standing).catch(() => undefined);
  }

  #after(name: string, seconds: number, run: () => unknown): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.set(name, setTimeout(run, seconds * second));
  }

  /** While the hub has said nothing, an empty banner must not be taken to mean that nobody is open. */
  #awaitWord(): void {
    this.#after('word', briefly, () => {
      this.#tag.outOfSync = true;
    });
  }

  async #subscribe(): Promise<void> {
    try {
      const given = own(await askHub(this.#options, 'subscribe', this.#endpoint), 'hub.channel.endpoint');
      if (this.#isOver) return;
      if (typeof given !== 'string' || !isSafe(given, 'wss:', 'ws:'))
        throw new HubError('The hub’s answer holds no wss address in hub.channel.endpoint');
      // A renewed lease is confirmed on the existing socket.
      if (this.#socket === undefined || given !== this.#endpoint) this.#connect(given);
    } catch (error) {
      // A lease that could not be renewed lasts until the hub ends it.
      if (this.#isOver || this.#socket !== undefined) return;
      this.#lost(error instanceof HubError ? error.message : 'The hub could not be asked, or did not answer in JSON');
    }
  }

  #connect(endpoint: string): void {
    this.#drop();
    this.#endpoint = endpoint;
    this.#lapsesAt = Infinity;
    const socket = new WebSocket(endpoint);
    this.#socket = socket;
    this.#awaitWord();
    // The hub may never confirm, or a firewall may swallow the socket.
    this.#after('silence', answersWithin, () => {
      this.#lost(
        socket.readyState === WebSocket.OPEN
          ? `The hub’s socket opened, and confirmed nothing in ${answersWithin} s`
          : `The hub’s socket did not open in ${answersWithin} s`,
      );
    });
    socket.onclose = ({ code }) => {
      this.#lost(`The hub’s socket closed${this.#isConfirmed ? '' : ' before it confirmed anything'} (code ${code})`);
    };
    socket.onmessage = ({ data }) => {
      const message = parseJson(data);
      if (own(message, 'event') === undefined) {
        this.#hearOfSubscription(message);
        return;
      }
      const id = own(message, 'id');
      if (typeof id !== 'string') return;
      socket.send(JSON.stringify({ id, status: String(this.#isConfirmed ? this.#take(message) : 409) }));
    };
  }

  #hearOfSubscription(message: unknown): void {
    // Some hubs leave the topic out; the socket's address is this topic's own, and nobody can guess it.
    const topic = own(message, 'hub.topic') ?? '';
    if (topic !== '' && topic !== this.#options.topic) return;
    const mode = own(message, 'hub.mode');
    if (mode === 'subscribe') this.#confirm(Number(own(message, 'hub.lease_seconds')));
    else if (mode === 'denied' && performance.now() < this.#lapsesAt) {
      this.#end();
      this.#tag.outOfSync = true;
      this.#say('denied', 'The hub has ended the session');
    }
  }

  #confirm(leaseSeconds: number): void {
    for (const name of ['silence', 'word']) clearTimeout(this.#timers.get(name));
    this.#isConfirmed = true;
    this.#lapsesAt = Infinity;
    if (leaseSeconds > 0) {
      const lease = Math.min(leaseSeconds, 86_400);
      this.#lapsesAt = performance.now() + 0.9 * lease * second;
      this.#after('renew', Math.max(0.8 * lease, 1), () => this.#subscribe());
    }
    this.#after('stood', answersWithin, () => {
      this.#attempts = 0;
      this.#told.forget();
    });
    // With nobody shown, nothing can be wrong. Otherwise the hub must first say again who is open.
    if (this.#follower.current === undefined) this.#tag.outOfSync = false;
    this.#options.onState?.('connected');
  }

  /** Acts on one event of the hub; returns the status that answers it. */
  #take(message: unknown): number {
    const taken = takeEvent(message, this.#options, this.#follower, this.#heard, Date.now());
    const { status, inSync, period, heard = this.#heard } = taken;
    this.#heard = heard;
    if (inSync !== undefined) this.#tag.outOfSync = !inSync;
    if (period !== undefined)
      this.#after('silence', 2 * period, () => {
        this.#lost('The hub’s heartbeat has stopped');
      });
    return status;
  }

  /** The hub is lost. Full jitter, so that a ward's screens do not all return at once. */
  #lost(why: string): void {
    this.#drop();
    // What the hub says when it is back is the truth, whatever its time.
    this.#heard = { ...this.#heard, since: nothingHeard.since };
    this.#tag.outOfSync = true;
    this.#say('lost', why);
    this.#after('again', Math.random() * Math.min(30, 2 ** this.#attempts++), () => this.#subscribe());
  }

  /** Tells the host each time, and the console once. */
  #say(state: 'lost' | 'denied', why: string): void {
    this.#told.warn(`FHIRcast: ${why}`);
    this.#options.onState?.(state, why);
  }

  #drop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#isConfirmed = false;
    this.#endpoint = '';
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket === undefined) return;
    socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #end(): void {
    this.#isOver = true;
    this.#drop();
  }
}

/** Asks the hub to start or end a subscription; returns the hub's answer. */
async function askHub(
  { hubUrl, topic, accessToken, subscriberName }: FhircastOptions,
  mode: 'subscribe' | 'unsubscribe',
  endpoint: string,
): Promise<unknown> {
  const body = new URLSearchParams({ 'hub.channel.type': 'websocket', 'hub.mode': mode, 'hub.topic': topic });
  if (mode === 'subscribe') body.set('hub.events', events);
  if (endpoint !== '') body.set('hub.channel.endpoint', endpoint);
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
    signal: AbortSignal.timeout(answersWithin * second),
  });
  if (!response.ok) throw new HubError(`The hub answered ${response.status} to the subscription`);
  return response.json();
}

/** Encrypted, or on this very computer. */
const isSafe = (address: string, encrypted: string, plain: string): boolean => {
  const { protocol, hostname = '' } = parseUrl(address) ?? {};
  return protocol === encrypted || (protocol === plain && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname));
};
