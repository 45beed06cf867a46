import type { Page } from 'puppeteer-core';

/** What one string did on the page. */
export interface Shown {
  readonly tags: number;
  /** How many fields showed it as text. */
  readonly fields: number;
  /** Elements with the names of their attributes, such as "a class href". */
  readonly elements: readonly string[];
  readonly wrong: readonly string[];
}

/** Counts what must not run, and what fails. Runs in the page before anything else. */
export const canary = (): void => {
  const counted = { hits: 0, errors: [] as string[] };
  const hit = (): number => (counted.hits += 1);
  Object.assign(globalThis, { counted, hit, alert: hit, confirm: hit, prompt: hit });
  addEventListener('error', (event) => counted.errors.push(event.message), true);
  addEventListener('unhandledrejection', ({ reason }) => counted.errors.push(String(reason)));
};

/**
 * Shows the string of `/string/INDEX` in every field that comes from the register, and in every one that a host sets.
 */
export const show = (page: Page, index: string, nhsNumber: string): Promise<Shown> =>
  page.evaluate(
    async (number, patient) => {
      const text = (await (await fetch(`/string/${number}`)).json()) as string;
      const fold = (from: string): string => from.replace(/\s+/g, ' ').trim();
      // Direction marks are removed from what the register sends.
      const whole = fold(text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ''));
      // Anything longer than any name is cut, and shown as cut.
      const wanted = whole.slice(0, 250).trim();
      const isCut = wanted !== whole;
      /** A text in place of a number, which says that there is none. */
      const isNoNumber =
        !isCut &&
        /^(?:undefined|null|nil|none|unknown|n\W?a\W*|tb[ac]|x+|[\s.?_/()0\-\u2010-\u2015\u2212]*)$/i.test(wanted);
      const wrong: string[] = [];
      let fields = 0;

      const usual = {
        'nhs-number': patient,
        'nhs-number-status': 'verified',
        'care-setting': 'emergency-department',
        'base-url': `/answer/${number}/many`,
      };
      const add = (settings: Record<string, string>, asProperties: boolean): HTMLElement => {
        const tag = document.createElement('cp-is-banner');
        const camel = (name: string): string => name.replace(/-./g, ([, letter = '']) => letter.toUpperCase());
        for (const [name, value] of Object.entries(settings)) {
          if (asProperties) Object.assign(tag, { [camel(name)]: value });
          else tag.setAttribute(name, value);
        }
        document.body.append(tag);
        return tag;
      };
      const isSettled = (tag: HTMLElement): boolean =>
        tag.getAttribute('status') !== 'checking' && tag.getAttribute('visits') !== 'loading';
      const settled = async (tags: readonly HTMLElement[]): Promise<void> => {
        const late = Date.now() + 90_000;
        do await new Promise((resolve) => setTimeout(resolve, 5));
        while (!tags.every(isSettled) && Date.now() < late);
        if (!tags.every(isSettled)) wrong.push('a tag has no end');
      };

      const held = ['banner', 'compact', 'panel'].flatMap((layout) =>
        ['one', 'many'].map((plans) =>
          add({ ...usual, layout, 'base-url': `/answer/${number}/${plans}`, 'care-setting': 'maternity-unit' }, false),
        ),
      );
      // A test must not ask an address elsewhere.
      const isElsewhere = URL.canParse(text, location.href) && new URL(text, location.href).origin !== location.origin;
      const attributes = [
        ...['nhs-number', 'nhs-number-status', 'encounter', 'care-setting', 'attendance', 'register-api', 'user'],
        ...['home-authorities', 'office-hours', 'layout', 'discreet', 'fresh-for', 'timeout'],
        ...(isElsewhere ? [] : ['base-url']),
      ];
      const hosted = attributes.map((name, at) => add({ ...usual, [name]: text }, at % 2 === 0));
      const signedIn = add(usual, false);
      Object.assign(signedIn, { user: text, accessToken: () => Promise.resolve(text) });
      const tags = [...held, ...hosted, signedIn];
      await settled(tags);

      // Opens everything that can be opened, and copies everything that can be copied.
      for (const tag of tags)
        for (const button of tag.shadowRoot?.querySelectorAll<HTMLElement>('[aria-expanded=false], .number button') ??
          [])
          button.click();
      await settled(tags);

      const elements = new Set<string>();
      for (const tag of tags) {
        for (const element of tag.shadowRoot?.querySelectorAll('*') ?? []) {
          elements.add([element.localName, ...element.getAttributeNames().sort()].join(' '));
          const href = element.getAttribute('href');
          if (href !== null && !/^tel:0\d{9,10}(;ext=\d{1,6})?$/.test(href)) wrong.push(`a link to ${href}`);
        }
      }

      const textsOf = (tag: HTMLElement, selector: string): string[] =>
        Array.from(tag.shadowRoot?.querySelectorAll(selector) ?? [], ({ textContent }) => fold(textContent));
      const expectShown = (tag: HTMLElement, selector: string, said: string): void => {
        fields += 1;
        // Names in capitals are shown in small letters, and a code before a name is left out.
        const [found, all] = [textsOf(tag, selector).join('\n').toLowerCase(), said.toLowerCase()];
        const short = all.replace(/^[a-z\d]{2,10}\s*[-–—:]\s*/, '');
        if (!found.includes(all) && !found.includes(short)) wrong.push(`${selector} does not show it`);
      };
      held.forEach((tag, at) => {
        const isMany = at % 2 === 1;
        if (tag.getAttribute('status') !== 'current') wrong.push(`a record is ${tag.getAttribute('status') ?? ''}`);
        const none = wanted === '';
        expectShown(tag, '[part=plans]', none ? 'Local authority not recorded' : wanted);
        if (isMany)
          expectShown(
            tag,
            '.kind',
            none ? 'Plan type not recognised' : `Plan type not recognised (code ${wanted}${isCut ? '' : ')'}`,
          );
        if (!textsOf(tag, 'a.phone').some((link) => link !== ''))
          expectShown(tag, '[part=contacts]', isNoNumber ? 'number' : wanted);
        expectShown(tag, '[part=foot]', none ? 'the responsible authority' : wanted);
        for (const column of ['Where', 'Viewed by'])
          expectShown(tag, `[data-column="${column}"]`, none ? 'Not recorded' : wanted);
      });

      for (const tag of tags) tag.remove();
      const { counted } = globalThis as unknown as { counted: { hits: number; errors: string[] } };
      if (counted.hits > 0) wrong.push(`${counted.hits} script executions`);
      wrong.push(...counted.errors.map((error) => `uncaught: ${error}`));
      return { tags: tags.length, fields, elements: [...elements], wrong };
    },
    index,
    nhsNumber,
  );
