import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { screen } from '../engines/screen.js';
import type { Keep } from '../setting-up.js';
import { SpeechServer } from './speech-server.js';

/** The Debian package of each program that is started here. */
const packages: Readonly<Record<string, string>> = {
  orca: 'orca',
  Xvfb: 'xvfb',
  openbox: 'openbox',
  xdotool: 'xdotool',
  'dbus-daemon': 'dbus-daemon',
  gdbus: 'libglib2.0-bin',
  '/usr/libexec/at-spi-bus-launcher': 'at-spi2-core',
};

/** Throws when a program is missing, and says what to install. `more` is the browser's own path and package. */
export function needOrca(more: Readonly<Record<string, string>>): void {
  const missing = Object.entries({ ...packages, ...more }).filter(([program]) => !isThere(program));
  if (missing.length === 0) return;
  const names = missing.map(([program]) => program).join(', ');
  const install = [...new Set(missing.map(([, name]) => name))].join(' ');
  throw new Error(`Missing: ${names}. On Debian: apt-get install --no-install-recommends ${install}`);
}

const isThere = (program: string): boolean =>
  (program.includes('/') ? [''] : (process.env['PATH'] ?? '').split(delimiter)).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** Every process of a session has this word in its environment, whoever started it. */
const mark = 'CP_IS_ORCA_SESSION';

/** A desk with a virtual screen, a keyboard and a screen reader. */
export interface OrcaSession {
  readonly speech: SpeechServer;
  /** For a browser: the screen, the bus, and a home folder of its own. */
  readonly environment: Record<string, string>;
  /** Presses a key of the real keyboard, by its name in X. */
  readonly press: (key: string) => Promise<void>;
  /** Clicks the real mouse, this many pixels from the screen's left and top. */
  readonly click: (left: number, top: number) => Promise<void>;
  /** Whether Orca is busy at this moment. */
  readonly isBusy: () => boolean;
}

export async function startOrca(keep: Keep): Promise<OrcaSession> {
  const folder = mkdtempSync(join(tmpdir(), 'orca-'));
  await keep(folder, () => rmSync(folder, { recursive: true, force: true }));
  const word = randomUUID();
  await keep(word, endAllOf);
  const { display } = await keep(screen(1300, 1000), ({ end }) => end());
  const speech = await keep(SpeechServer.listening(join(folder, 'speech')));
  const environment: Record<string, string> = { ...privateHome(folder), DISPLAY: display, [mark]: word };
  environment['SPEECHD_ADDRESS'] = `unix_socket:${join(folder, 'speech')}`;
  const start = starter(environment);

  environment['DBUS_SESSION_BUS_ADDRESS'] = await firstLine(
    start('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address=1']),
  );
  start('openbox', []);
  start('/usr/libexec/at-spi-bus-launcher', ['--launch-immediately']);
  for (const property of ['IsEnabled', 'ScreenReaderEnabled'])
    await untilWell(() => done(start('gdbus', [...setStatus, property, '<true>'])));
  quietKeys(environment['XDG_DATA_HOME']!);
  const orca = start('orca', []);
  const speaks = comes(() => orca.exitCode !== null || speech.said.length > 0);
  if (!(await speaks) || orca.exitCode !== null)
    throw new Error(
      `Orca does not speak${orca.exitCode === null ? '' : ': it ended. Another one may run for this user'}`,
    );
  const hands = (...words: readonly string[]): Promise<void> => done(start('xdotool', words));
  return {
    speech,
    environment,
    press: (key) => hands('key', '--clearmodifiers', key),
    click: (left, top) => hands('mousemove', String(left), String(top), 'click', '1'),
    isBusy: () => processesOf(word).some(({ id, state }) => id === orca.pid && state === 'R'),
  };
}

/** Orca with its defaults, except that it does not say each key that is pressed: the transcript names the keys. */
function quietKeys(folder: string): void {
  mkdirSync(join(folder, 'orca'));
  const profiles = { default: { profile: ['Default', 'default'], enableKeyEcho: false } };
  const settings = { general: { enableKeyEcho: false }, profiles, pronunciations: {}, keybindings: {} };
  writeFileSync(join(folder, 'orca/user-settings.conf'), JSON.stringify(settings));
}

const setStatus = [
  ...['call', '--session', '--dest', 'org.a11y.Bus', '--object-path', '/org/a11y/bus'],
  ...['--method', 'org.freedesktop.DBus.Properties.Set', 'org.a11y.Status'],
];

function privateHome(folder: string): Record<string, string> {
  const at = (name: string): string => {
    mkdirSync(join(folder, name), { mode: 0o700 });
    return join(folder, name);
  };
  const { PATH = '' } = process.env;
  return {
    PATH,
    LANG: 'C.UTF-8',
    HOME: at('home'),
    TMPDIR: at('tmp'),
    XDG_CONFIG_HOME: at('config'),
    XDG_DATA_HOME: at('data'),
    XDG_CACHE_HOME: at('cache'),
    XDG_RUNTIME_DIR: at('run'),
    GSETTINGS_BACKEND: 'memory',
    GTK_MODULES: 'gail:atk-bridge',
    GNOME_ACCESSIBILITY: '1',
    LIBGL_ALWAYS_SOFTWARE: '1',
  };
}

const verbose = process.env['ORCA_VERBOSE'] !== undefined;

const starter =
  (environment: Record<string, string>) =>
  (program: string, words: readonly string[], options: SpawnOptions = {}): ChildProcess =>
    spawn(program, words, {
      env: environment,
      stdio: ['ignore', 'pipe', verbose ? 'inherit' : 'ignore'],
      detached: true,
      ...options,
    });

const firstLine = (program: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    program.once('error', reject);
    program.once('exit', (code) => {
      reject(new Error(`${program.spawnfile} ended with ${String(code)}`));
    });
    program.stdout!.once('data', (data: Buffer) => {
      resolve(data.toString().trim());
    });
  });

const done = (program: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    program.once('error', reject);
    program.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program.spawnargs.join(' ')} ended with ${String(code)}`));
    });
  });

/** In milliseconds. In effect for ever, even on a busy machine. */
const forever = 90_000;

/** Whether it becomes so within this time, in milliseconds. */
export async function comes(isSo: () => boolean, milliseconds = forever): Promise<boolean> {
  const late = Date.now() + milliseconds;
  while (!isSo()) {
    if (Date.now() > late) return false;
    await wait(50);
  }
  return true;
}

/** Tries again until it succeeds, because what it calls may still be starting. */
async function untilWell(attempt: () => Promise<void>): Promise<void> {
  const late = Date.now() + forever;
  for (;;)
    try {
      await attempt();
      return;
    } catch (fault) {
      if (Date.now() > late) throw fault;
      await wait(200);
    }
}

/** The session's processes, including those that its own programs have started. */
function processesOf(word: string): readonly { readonly id: number; readonly state: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        if (!readFileSync(`/proc/${name}/environ`, 'latin1').includes(`${mark}=${word}`)) return [];
        const [state = ''] = readFileSync(`/proc/${name}/stat`, 'latin1').split(') ').at(-1)!;
        return [{ id: Number(name), state }];
      } catch {
        // Already gone, or another user's.
        return [];
      }
    });
}

/** Ends each of them by its number, until none is left. */
async function endAllOf(word: string): Promise<void> {
  const living = (): readonly { readonly id: number }[] => processesOf(word).filter(({ state }) => state !== 'Z');
  const endAll = (): boolean => {
    for (const { id } of living())
      try {
        process.kill(id, 'SIGKILL');
      } catch {
        // Already gone.
      }
    return living().length === 0;
  };
  if (!(await comes(endAll))) throw new Error('A process of the session does not end');
}
