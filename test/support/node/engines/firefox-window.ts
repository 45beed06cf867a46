import type { Browser, Page } from 'puppeteer-core';

interface BidiConnection {
  send(method: string, parameters: object): Promise<{ result: unknown }>;
}

/** Runs a function in Firefox's own window, from which the browser's side of every page can be reached. */
export async function inChrome(
  browser: Browser,
  code: string,
  ...words: readonly (string | number | boolean)[]
): Promise<unknown> {
  const { connection } = browser as unknown as { connection: BidiConnection };
  const tree = (await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' })).result as {
    contexts: { context: string }[];
  };
  const context = tree.contexts[0]!.context;
  const answer = (
    await connection.send('script.callFunction', {
      functionDeclaration: code,
      target: { context },
      awaitPromise: true,
      arguments: words.map((value) => ({ type: typeof value, value })),
    })
  ).result as { type: string; exceptionDetails?: { text: string }; result?: { value?: unknown } };
  if (answer.type === 'exception') throw new Error(answer.exceptionDetails?.text);
  return answer.result?.value;
}

const idOf = (page: Page): string => (page.mainFrame() as unknown as { readonly _id: string })._id;

const withBrowser = (body: string): string => `(id, ...words) => {
  const { NavigableManager } = ChromeUtils.importESModule('chrome://remote/content/shared/NavigableManager.sys.mjs');
  const page = NavigableManager.getBrowsingContextById(id);
  ${body}
}`;

/** Ends the process of a tab that shares it with no other tab. As in a crash, its page hears nothing. */
export async function crashFirefoxTab(page: Page): Promise<void> {
  const pid = await inChrome(
    page.browser(),
    withBrowser(`
      const pid = page.currentWindowGlobal.osPid;
      const all = [...Services.wm.getEnumerator('navigator:browser')].flatMap((window) => window.gBrowser.browsers);
      const ofIt = all.filter(({ browsingContext }) => browsingContext.currentWindowGlobal?.osPid === pid);
      if (pid <= 0 || ofIt.length !== 1) throw new Error(ofIt.length + ' tabs in the process ' + pid);
      return pid;
    `),
    idOf(page),
  );
  process.kill(pid as number, 'SIGKILL');
}

/** Hides a tab as if it were behind another, or in a minimised window. */
export async function setFirefoxTabHidden(page: Page, isHidden: boolean): Promise<void> {
  const code = withBrowser('page.top.embedderElement.docShellIsActive = !words[0];');
  await inChrome(page.browser(), code, idOf(page), isHidden);
}
