import { WebkitPage } from './webkit-page.js';

interface Answer {
  /** One per line, because the page itself writes lists with other separators. */
  readonly complaints: string;
  readonly value?: unknown;
  readonly fault?: string;
}

/** Runs in the page and keeps its complaints until the next question. */
const hearComplaints = `if (globalThis.complaints === undefined) {
  globalThis.complaints = [];
  addEventListener('error', ({ message }) => complaints.push(message));
  addEventListener('unhandledrejection', ({ reason }) => complaints.push(String(reason)));
}`;

/** A page in a WebKit of its own, with the methods of puppeteer's pages. */
export async function openWebkitTab(url: string, complaints: string[]) {
  const page = await WebkitPage.open();
  await page.command('POST', '/timeouts', { script: 600_000, pageLoad: 120_000 });
  await page.goto(url);
  const evaluate = async (work: unknown, ...words: readonly unknown[]): Promise<unknown> => {
    const script = `const done = arguments[arguments.length - 1];
      globalThis.__name ??= (named) => named;
      ${hearComplaints}
      const tell = (answer) => done({ ...answer, complaints: complaints.splice(0).join('\\n') });
      Promise.resolve().then(() => (${String(work)})(...arguments[0]))
        .then((value) => tell({ value }), (fault) => tell({ fault: String(fault) }));`;
    const answer = (await page.command('POST', '/execute/async', { script, args: [words] })) as Answer;
    complaints.push(...answer.complaints.split('\n').filter((one) => one !== ''));
    if (answer.fault !== undefined) throw new Error(answer.fault);
    return answer.value;
  };
  const { browserName, browserVersion } = page.capabilities;
  return {
    version: `${String(browserName)} ${String(browserVersion)}, WebKitGTK`,
    evaluate: evaluate as (work: unknown, ...words: readonly unknown[]) => Promise<never>,
    goto: (address: string) => page.goto(address),
    reload: () => page.command('POST', '/refresh'),
    setViewport: (width: number, height: number) => page.setViewport(width, height),
    screenshot: () => page.screenshot(),
    close: () => page.close(),
  };
}
