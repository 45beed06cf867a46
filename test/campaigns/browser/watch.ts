import type {} from '../../../src/define.js';
import type { CpIsBanner } from '../../../src/index.js';

/** What the page's own watcher offers to the campaigns. */
export interface Watched {
  readonly faults: string[];
  /** How often the banners were examined. */
  looks: number;
  /**
   * Examines this banner from now on: at each of its events, each change of its tree and each frame, and after
   * painting.
   */
  add: (banner: CpIsBanner) => void;
  drop: (banner: CpIsBanner) => void;
  /** Examines all of them now. */
  look: (when: string) => void;
  /** Every mark anywhere in the banner's tree, including attributes. */
  marksIn: (banner: CpIsBanner) => string[];
  /** A campaign's own rule. Returns what is wrong with what the banner shows. */
  rule: (banner: CpIsBanner, marks: readonly string[]) => string | undefined;
}

declare global {
  var watched: Watched;
}

/** Runs in the page before any other script. */
export function watch(): void {
  const banners = new Map<CpIsBanner, MutationObserver>();
  /** Lit turns an attribute that is removed into `null`. */
  const digits = (text: string | null): string => (text ?? '').replace(/[ -]/g, '');

  /** An answer says whose it is, and so does every text. */
  const wrong = (banner: CpIsBanner, marks: readonly string[]): string | undefined => {
    const number = digits(banner.nhsNumber);
    const { answer } = banner;
    if (answer !== undefined && 'nhsNumber' in answer && answer.nhsNumber !== number) return 'another patient’s answer';
    const attendance = banner.attendance === '' ? 'unscheduled' : banner.attendance;
    const rest = `n${number}u${banner.user ?? ''}a${attendance}z`;
    if (marks.some((mark) => !mark.endsWith(rest))) return 'a text of another open';
    return watched.rule(banner, marks);
  };

  globalThis.watched = {
    faults: [],
    looks: 0,
    rule: () => undefined,
    marksIn: (banner) => banner.shadowRoot?.innerHTML.match(/Zq\d+n\d*u\w*a\w*z/g) ?? [],
    look: (when) => {
      for (const banner of banners.keys()) {
        watched.looks += 1;
        const fault = wrong(banner, watched.marksIn(banner));
        if (fault !== undefined) watched.faults.push(`${when}: ${fault} (${banner.status})`);
      }
    },
    add: (banner) => {
      const observer = new MutationObserver(() => {
        watched.look('when its tree changed');
      });
      if (banner.shadowRoot !== null)
        observer.observe(banner.shadowRoot, { subtree: true, childList: true, characterData: true, attributes: true });
      banner.addEventListener('cp-is-change', () => {
        watched.look('at its event');
      });
      banners.set(banner, observer);
    },
    drop: (banner) => {
      banners.get(banner)?.disconnect();
      banners.delete(banner);
    },
  };

  const painted = new MessageChannel();
  painted.port1.onmessage = () => {
    watched.look('after a frame');
  };
  const eachFrame = (): void => {
    watched.look('in a frame');
    painted.port2.postMessage('');
    requestAnimationFrame(eachFrame);
  };
  requestAnimationFrame(eachFrame);
}
