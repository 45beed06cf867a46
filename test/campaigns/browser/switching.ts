import type {} from '../../../src/define.js';
import type { CpIsBanner } from '../../../src/index.js';

/** One switch of a banner from what it shows to somebody or something else. */
export interface Switch {
  readonly layout: string;
  readonly discreet: boolean;
  readonly from: string;
  readonly to: string;
  /** How much of the old answer has arrived, and what the reader has done with it. */
  readonly before: (typeof befores)[number];
  readonly kind: (typeof kinds)[number];
  readonly meanwhile: (typeof meanwhiles)[number];
}

export const befores = [
  'answered',
  'answered',
  'checking',
  'visits-loading',
  'views-open',
  'error-open',
  'copied',
  'selected',
  'hidden',
  'focused',
] as const;
export const kinds = [
  'property',
  'attribute',
  'encounter',
  'user',
  'attendance',
  'setting',
  'clear',
  'attribute-removed',
  'removed',
  'unverified',
] as const;
export const meanwhiles = ['nothing', 'nothing', 'layout', 'discreet', 'hours'] as const;

/** What the page does for the campaign. */
export interface Switching {
  /**
   * Sets up banners with the old patients, as the reader left them, in encounters of this round. Returns how many marks
   * each has.
   */
  prepare: (switches: readonly Switch[], round: string) => Promise<readonly number[]>;
  /** Switches all of them in one task, and examines them in that task and before anything else can run. */
  change: () => void;
  /** Waits for this many frames, each of them painted. */
  frames: (count: number) => Promise<void>;
  /** Removes the banners that were taken out for good, and waits until the others are at rest. */
  rest: () => Promise<void>;
  /** A banner that has never shown anybody, with the settings that this one will have. */
  blank: (one: Switch, round: string) => Promise<void>;
  empty: () => void;
}

declare global {
  var switching: Switching;
}

/** Runs in the page after the watcher. */
export function installSwitching(): void {
  let present: { banner: CpIsBanner; one: Switch; old: ReadonlySet<string>; changed: boolean }[] = [];
  /** What banners say while asking that have never been told anything, in every layout and attendance. */
  const blanks = new Set<string>();
  const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
  const task = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve));

  /**
   * What a banner says, without its own patient's number, the time and how long it has asked. Another number stays in.
   */
  const textOf = ({ shadowRoot, nhsNumber }: CpIsBanner): string =>
    (shadowRoot?.textContent ?? '')
      .replace(/\s+/g, ' ')
      .replace(/\d{3} \d{3} \d{4}/g, (number) => (number.replaceAll(' ', '') === nhsNumber ? 'own number' : number))
      .replace(/Still checking CP-IS…|Checking CP-IS…( recorded under your name\.)?/g, 'checking')
      .replace(/\d\d:\d\d/g, 'hh:mm');

  const create = (properties: object): CpIsBanner => {
    const banner = document.createElement('cp-is-banner');
    Object.assign(banner, {
      baseUrl: '/switch/FHIR',
      nhsNumberStatus: 'verified',
      careSetting: 'emergency-department',
      accessToken: () => Promise.resolve(`token-of-${banner.user ?? ''}`),
      ...properties,
    });
    document.body.append(banner);
    return banner;
  };

  const learnBlanks = async (): Promise<void> => {
    for (const layout of ['banner', 'compact', 'panel'])
      for (const attendance of ['', 'scheduled'])
        for (const discreet of [false, true]) {
          const banner = create({ nhsNumber: '9990000018', encounter: 'blank', layout, attendance, discreet });
          await banner.updateComplete;
          if (banner.status === 'checking') blanks.add(textOf(banner));
          banner.remove();
          await task();
        }
  };

  const press = (banner: CpIsBanner, pattern: RegExp): void => {
    for (const button of banner.shadowRoot?.querySelectorAll('button') ?? [])
      if (pattern.test(button.ariaLabel ?? button.innerText)) button.click();
  };

  const prepareAs = (banner: CpIsBanner, before: Switch['before']): void => {
    if (before === 'views-open') press(banner, /^(details|show)$/i);
    if (before === 'error-open') press(banner, /in error/i);
    if (before === 'copied') press(banner, /^copy/i);
    if (before === 'hidden') press(banner, /^hide$/i);
    if (before === 'focused') banner.shadowRoot?.querySelector('button')?.focus();
    const section = banner.shadowRoot?.querySelector('section');
    if (before === 'selected' && section) getSelection()?.selectAllChildren(section);
  };

  const apply = (banner: CpIsBanner, { to, kind }: Switch): void => {
    switch (kind) {
      case 'property':
        banner.nhsNumber = to;
        break;
      case 'attribute':
        banner.setAttribute('nhs-number', to);
        break;
      case 'encounter':
        banner.encounter = `${banner.encounter} again`;
        break;
      case 'user':
        banner.user = 'doctor';
        break;
      case 'attendance':
        banner.attendance = 'scheduled';
        break;
      case 'setting':
        banner.careSetting = 'walk-in-centre';
        break;
      case 'clear':
        banner.clear();
        break;
      case 'attribute-removed':
        banner.setAttribute('nhs-number', banner.nhsNumber);
        banner.removeAttribute('nhs-number');
        break;
      case 'removed':
        banner.remove();
        break;
      case 'unverified':
        banner.nhsNumberStatus = 'unverified';
    }
  };

  const alsoApply = (banner: CpIsBanner, { meanwhile }: Switch): void => {
    if (meanwhile === 'layout') banner.layout = banner.layout === 'panel' ? 'compact' : 'panel';
    if (meanwhile === 'discreet') banner.discreet = !banner.discreet;
    if (meanwhile === 'hours') banner.officeHours = 'Mon-Sun 00:00-24:00';
  };

  const settled = ({ status, visits }: CpIsBanner): boolean => status !== 'checking' && visits !== 'loading';
  const until = async (condition: () => boolean): Promise<void> => {
    for (let tries = 0; !condition(); tries += 1) {
      if (tries > 600) throw new Error('Never came to rest');
      await frame();
    }
  };

  watched.rule = (banner, marks) => {
    const entry = present.find((each) => each.banner === banner);
    if (entry?.changed !== true) return undefined;
    // The same patient's other open has other marks. A change of setting keeps the open, and so its answer.
    const sameAnswer = entry.one.kind === 'setting' && banner.status !== 'checking';
    const selected = getSelection()?.toString() ?? '';
    if (!sameAnswer && marks.some((mark) => entry.old.has(mark))) return 'a text of the old patient';
    if (!sameAnswer && [...entry.old].some((mark) => selected.includes(mark))) return 'a selection of the old patient';
    if (banner.status === 'idle' && textOf(banner).trim() !== 'CP-IS not checked') return 'something in an idle banner';
    if (banner.status === 'checking' && !blanks.has(textOf(banner))) return 'something while asking';
    return banner.status === 'checking' && banner.answer !== undefined ? 'an answer while asking' : undefined;
  };

  globalThis.switching = {
    prepare: async (switches, round) => {
      if (blanks.size === 0) await learnBlanks();
      switching.empty();
      const banners = switches.map(({ from, layout, discreet }, index) =>
        create({
          nhsNumber: from,
          encounter: `${round}-${index}`,
          user: 'nurse',
          layout,
          discreet,
          // For pictures no stored answer may be used: the screen must be blank, and not show the next patient's
          // answer.
          freshFor: round.startsWith('P') ? 0 : 300,
        }),
      );
      await until(() =>
        banners.every(({ status, visits }, index) =>
          switches[index]?.before === 'checking'
            ? status === 'checking'
            : visits === (switches[index]?.before === 'visits-loading' ? 'loading' : 'shown'),
        ),
      );
      for (const [index, banner] of banners.entries()) {
        await banner.updateComplete;
        press(banner, /^show$/i);
        await banner.updateComplete;
        prepareAs(banner, switches[index]?.before ?? 'answered');
        await banner.updateComplete;
      }
      present = banners.map((banner, index) => ({
        banner,
        one: switches[index]!,
        old: new Set(watched.marksIn(banner)),
        changed: false,
      }));
      for (const banner of banners) watched.add(banner);
      await frame();
      return present.map(({ banner }) => watched.marksIn(banner).length);
    },
    change: () => {
      for (const entry of present) {
        // A banner outside the document cannot be seen. It is emptied in the next task, because it may only be moving.
        if (entry.one.kind !== 'removed') entry.changed = true;
        apply(entry.banner, entry.one);
        watched.look('in the same task');
        alsoApply(entry.banner, entry.one);
        watched.look('in the same task, after more');
      }
      queueMicrotask(() => {
        watched.look('in a microtask');
      });
    },
    frames: async (count) => {
      for (let each = 0; each < count; each += 1) await frame();
      await task();
    },
    rest: async () => {
      for (const entry of present)
        if (entry.one.kind === 'removed') {
          entry.changed = true;
          watched.look('out of the document');
          entry.banner.nhsNumber = entry.one.to;
          document.body.append(entry.banner);
          watched.look('back in the document');
        }
      await task();
      await task();
      await until(() => present.every(({ banner }) => settled(banner)));
      await switching.frames(2);
    },
    blank: async (one, round) => {
      switching.empty();
      const { from, layout, discreet } = one;
      const encounter = `${round}-blank`;
      const banner = create({ nhsNumber: from, encounter, user: 'nurse', layout, discreet, freshFor: 0 });
      // There was no previous patient, so no encounter can be dropped with the number.
      apply(banner, one.kind === 'attribute-removed' ? { ...one, kind: 'clear' } : one);
      alsoApply(banner, one);
      await banner.updateComplete;
      await switching.frames(3);
    },
    empty: () => {
      getSelection()?.removeAllRanges();
      for (const { banner } of present) watched.drop(banner);
      present = [];
      for (const old of document.querySelectorAll('cp-is-banner')) old.remove();
    },
  };
}
