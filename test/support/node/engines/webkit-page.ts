import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { freePort } from '../free-port.js';
import { screen, type Screen } from './screen.js';

/**
 * WebKit from Debian: WebKitGTK's MiniBrowser behind its own WebDriver (`apt-get install webkit2gtk-driver xvfb`), on a
 * virtual screen. Each test file has a browser of its own.
 */
export interface WebkitMeans {
  readonly driver: string;
  readonly browser: string;
  readonly browserArguments: readonly string[];
  readonly option: 'webkitgtk:browserOptions' | 'wpe:browserOptions';
  /** Extra environment for driver and browser. */
  readonly environment?: Readonly<Record<string, string>>;
}

const library = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;

export function installedWebkit(): WebkitMeans {
  const folder = existsSync(library)
    ? readdirSync(library).find(
        (name) => name.startsWith('webkit2gtk-4.') && existsSync(`${library}/${name}/MiniBrowser`),
      )
    : undefined;
  return {
    driver: process.env['WEBKIT_DRIVER'] ?? '/usr/bin/WebKitWebDriver',
    browser: process.env['WEBKIT_BROWSER'] ?? `${library}/${folder ?? 'webkit2gtk-4.1'}/MiniBrowser`,
    browserArguments: ['--automation', '--geometry=800x700'],
    option: 'webkitgtk:browserOptions',
  };
}

/**
 * WebKit 2.38, the engine of Safari 16.0, which is older than the floor (`apt-get install wpewebkit-driver`). It has no
 * screen.
 */
export const oldWebkit: WebkitMeans = {
  driver: '/usr/bin/WPEWebDriver',
  browser: `${library}/wpe-webkit-1.1/MiniBrowser`,
  browserArguments: ['--automation', '--headless'],
  option: 'wpe:browserOptions',
};

let toolBar: string | undefined;

/**
 * MiniBrowser's tool bar would keep its window 447 pixels wide. Letters are unhinted, so that they are as wide as in
 * Safari.
 */
function narrowToolBar(): string {
  if (toolBar === undefined) {
    toolBar = mkdtempSync(join(tmpdir(), 'webkit-'));
    mkdirSync(join(toolBar, 'gtk-3.0'));
    writeFileSync(
      join(toolBar, 'gtk-3.0/gtk.css'),
      '* { min-width: 0; min-height: 0; padding: 0; margin: 0; border-width: 0; }',
    );
    writeFileSync(
      join(toolBar, 'gtk-3.0/settings.ini'),
      '[Settings]\ngtk-xft-antialias=1\ngtk-xft-hinting=0\ngtk-xft-hintstyle=hintnone\ngtk-xft-rgba=none\n',
    );
  }
  return toolBar;
}

interface WebDriverAnswer {
  readonly value: unknown;
}

/** One browser behind one driver, because a driver serves one session at a time. */
export class WebkitPage {
  readonly #driver: ChildProcess;
  readonly #root: string;
  readonly #screen: Screen | undefined;
  #session = '';
  capabilities: Readonly<Record<string, unknown>> = {};

  private constructor(driver: ChildProcess, port: number, screen: Screen | undefined) {
    this.#driver = driver;
    this.#screen = screen;
    this.#root = `http://127.0.0.1:${port}`;
  }

  static async open(means: WebkitMeans = installedWebkit()): Promise<WebkitPage> {
    // Without a window manager, a window has the focus while the pointer is in it, and the pointer is in the middle of
    // the screen. A screen smaller than any window therefore keeps the focus in the page.
    const own = means.option === 'webkitgtk:browserOptions' ? await screen(256, 200) : undefined;
    const port = await freePort();
    const driver = spawn(means.driver, [`--port=${port}`, '--host=127.0.0.1'], {
      stdio: [
        'ignore',
        process.env['WEBKIT_VERBOSE'] === undefined ? 'ignore' : 'inherit',
        process.env['WEBKIT_VERBOSE'] === undefined ? 'ignore' : 'inherit',
      ],
      env: {
        ...process.env,
        ...(own === undefined ? {} : { DISPLAY: own.display, GDK_BACKEND: 'x11', XDG_CONFIG_HOME: narrowToolBar() }),
        NO_AT_BRIDGE: '1',
        // No session bus, because nobody would end it.
        DBUS_SESSION_BUS_ADDRESS: 'disabled:',
        GSETTINGS_BACKEND: 'memory',
        LIBGL_ALWAYS_SOFTWARE: '1',
        WEBKIT_DISABLE_DMABUF_RENDERER: '1',
        ...means.environment,
      },
      detached: true,
    });
    const page = new WebkitPage(driver, port, own);
    try {
      await page.#ready();
      const { browser, browserArguments, option } = means;
      const { sessionId, capabilities } = (await page.#call('POST', '/session', {
        capabilities: { alwaysMatch: { [option]: { binary: browser, args: browserArguments } } },
      })) as { sessionId: string; capabilities: Record<string, unknown> };
      page.#session = `/session/${sessionId}`;
      page.capabilities = capabilities;
      return page;
    } catch (error) {
      page.#kill();
      throw error;
    }
  }

  async #ready(): Promise<void> {
    for (const late = Date.now() + 60_000; Date.now() < late;) {
      try {
        await fetch(`${this.#root}/status`);
        return;
      } catch {
        await wait(50);
      }
    }
    throw new Error('WebKit’s driver does not answer');
  }

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.#root}${path}`, {
      method,
      ...(method === 'POST'
        ? { body: JSON.stringify(body ?? {}), headers: { 'Content-Type': 'application/json' } }
        : {}),
    });
    const { value } = (await response.json()) as WebDriverAnswer;
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
    return value;
  }

  command(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<unknown> {
    return this.#call(method, `${this.#session}${path}`, body);
  }

  goto(url: string): Promise<unknown> {
    return this.command('POST', '/url', { url });
  }

  async url(): Promise<string> {
    return (await this.command('GET', '/url')) as string;
  }

  script(script: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.command('POST', '/execute/sync', { script, args });
  }

  /** Sets the page's own width and height. The window is larger by its frame and tool bar. */
  async setViewport(width: number, height: number): Promise<void> {
    for (let tries = 0; tries < 6; tries++) {
      const [innerWidth, innerHeight] = (await this.script('return [innerWidth, innerHeight]')) as [number, number];
      if (innerWidth === width && innerHeight === height) return;
      const rect = (await this.command('GET', '/window/rect')) as { width: number; height: number };
      await this.command('POST', '/window/rect', {
        width: rect.width + width - innerWidth,
        height: rect.height + height - innerHeight,
      });
      await wait(100);
    }
  }

  /** Presses keys as the keyboard would. */
  async press(value: string, shift: boolean): Promise<void> {
    const key = (type: string, of: string): object => ({ type, value: of });
    const actions = [key('keyDown', value), key('keyUp', value)];
    await this.command('POST', '/actions', {
      actions: [
        {
          type: 'key',
          id: 'keyboard',
          actions: shift ? [key('keyDown', '\uE008'), ...actions, key('keyUp', '\uE008')] : actions,
        },
      ],
    });
  }

  /** The text that a reader sees in the one element that matches, or `undefined` when it is not drawn. */
  async textOf(selector: string): Promise<string | undefined> {
    const found = await this.command('POST', '/element', { using: 'css selector', value: selector });
    const [id] = Object.values(found as Record<string, string>);
    const isDrawn = await this.command('GET', `/element/${id!}/displayed`);
    return isDrawn === true ? ((await this.command('GET', `/element/${id!}/text`)) as string) : undefined;
  }

  async screenshot(): Promise<Buffer> {
    return Buffer.from((await this.command('GET', '/screenshot')) as string, 'base64');
  }

  async close(): Promise<void> {
    await Promise.race([this.command('DELETE', '').catch(() => undefined), wait(3000)]);
    this.#kill();
  }

  /** Kills the driver and the browser it started, and nothing else: they are one process group. */
  #kill(): void {
    if (this.#driver.pid === undefined) return;
    try {
      process.kill(-this.#driver.pid, 'SIGKILL');
    } catch {
      // Already gone.
    }
    this.#screen?.end();
  }
}
