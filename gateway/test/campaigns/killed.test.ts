import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

import { freePort, startChain, type TestChain } from '../../demo/chain.js';
import { postgres, type Started } from '../places.js';
import { search } from '../support.js';
import { TestBrowser } from '../test-browser.js';
import { edRole, nurse } from '../whole.js';
import { setUp } from '../../../test/support/node/setting-up.js';

/** `KILLS=200` runs the whole campaign. */
const kills = Number(process.env['KILLS'] ?? 10);
const runners = 5;

/** The steps of a renewal at which the instance is killed. */
const steps = [
  'when it is asked',
  'before the token service makes the tokens',
  'when the tokens are made and not yet given',
  'when the tokens are on their way',
  'at any time',
] as const;
type Step = (typeof steps)[number];

const { start } = postgres;
if (start === undefined) it('NOT RUN: the killing of instances, because PostgreSQL is not installed here');
else
  describe(`an instance is killed at every step of a renewal, ${kills} times`, function () {
    this.timeout(Math.max(300_000, kills * 20_000));
    let place: Started;
    let chain: TestChain;
    const children = new Set<ChildProcess>();
    setUp(async (keep) => {
      place = await keep(start(), (started) => started.stop());
      const variables = { STORE: place.url, LOG_LEVEL: 'silent', AUDIT_FILE: '/dev/null', LIMIT_PER_MINUTE: '100000' };
      chain = await keep(startChain({ variables }));
      await keep(children, () => {
        for (const child of children) child.kill('SIGKILL');
      });
      // Too little to use, so that each read renews first.
      chain.platform.accessLife = 9;
    });

    const startInstance = async (at: string) => {
      const port = await freePort();
      const token = `${chain.variables['PLATFORM_TOKEN_URL'] ?? ''}${at}`;
      const child = spawn(process.execPath, ['gateway/bin/cp-is-gateway.js'], {
        env: { ...chain.variables, PORT: String(port), OPS_PORT: '0', PLATFORM_TOKEN_URL: token, LOG_LEVEL: 'info' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      children.add(child);
      await once(child.stdout, 'data');
      child.stdout.resume();
      return { child, port };
    };

    /** Sign-ins run one after the other, because CIS2 knows a person's session by their newest sign-in. */
    let signing: Promise<unknown> = Promise.resolve();
    const signedIn = (browser: TestBrowser): Promise<string | undefined> => {
      const done = signing.then(async () => {
        await browser.signIn(edRole.id);
        return chain.cis2.sidOf(nurse.uid);
      });
      signing = done.catch(() => undefined);
      return done;
    };

    const turn = async (index: number, at: string): Promise<string> => {
      const step: Step = steps[index % steps.length]!;
      const cardIsPulled = index % 4 === 3;
      const { child, port } = await startInstance(at);
      const browser = new TestBrowser(chain.url, (instance) => (instance === 0 ? chain.gateway.port : port));
      const sid = await signedIn(browser);
      const gone = once(child, 'exit');
      const kill = (): void => void child.kill('SIGKILL');
      hooks.set(at, { step, kill });
      const killed = browser.read(search, { instance: 1 }).catch(() => undefined);
      if (step === 'when it is asked') kill();
      if (step === 'at any time') setTimeout(kill, Math.random() * 60);
      const other = cardIsPulled ? undefined : browser.read(search);
      await Promise.race([gone, pause(5000)]);
      kill();
      await gone;
      children.delete(child);
      hooks.delete(at);
      await killed;
      if (cardIsPulled) {
        const logout_token = await chain.cis2.logoutToken(nurse.uid, { claims: { sid } });
        const body = new URLSearchParams({ logout_token });
        await fetch(`http://127.0.0.1:${chain.gateway.port}/cpis/back-channel-logout`, { method: 'POST', body });
        const after = await browser.read(search);
        return after.status === 401 ? 'right' : `card pulled, ${step}: ${after.status}`;
      }
      let answered = await other;
      // On a busy machine a read may outlast its deadline. That is not a sign-out, so it is asked again, as a clinician
      // would.
      for (let tries = 0; answered?.status === 504 && tries < 5; tries += 1) {
        late += 1;
        answered = await browser.read(search);
      }
      const session = await browser.session();
      return answered?.status === 200 && session['signedIn'] === true ? 'right' : `${step}: ${answered?.status ?? 0}`;
    };

    let late = 0;
    const hooks = new Map<string, { step: Step; kill: () => void }>();

    it('and nobody is wrongly signed out or in, and no access is made twice', async () => {
      chain.platform.instead = async (at) => {
        const hook = hooks.get(at);
        if (hook?.step !== 'before the token service makes the tokens') return undefined;
        hook.kill();
        await pause(20);
        return new Response(null, { status: 500 });
      };
      chain.platform.made = async (_, at) => {
        const hook = hooks.get(at);
        if (hook?.step === 'when the tokens are made and not yet given') {
          hook.kill();
          await pause(20);
        }
        if (hook?.step === 'when the tokens are on their way') setTimeout(() => hook.kill(), Math.random() * 4);
      };
      const traces: string[] = [];
      chain.platform.registerInstead = ({ headers }) => {
        traces.push(headers.get('TraceID') ?? '');
        return undefined;
      };
      const results: string[] = [];
      let next = 0;
      await Promise.all(
        Array.from({ length: runners }, async (_, runner) => {
          while (next < kills) results.push(await turn(next++, `/${runner}`));
        }),
      );
      expect(results.filter((result) => result !== 'right')).to.deep.equal([]);
      expect(results).to.have.lengthOf(kills);
      expect(new Set(traces).size).to.equal(traces.length);
      const rows = await chain.database.query<{ trace_id: string }>('select trace_id from access');
      expect(new Set(rows.map(({ trace_id }) => trace_id)).size).to.equal(rows.length);
      console.log(
        `      ${kills} kills, ${chain.platform.grants.length} grants, ${rows.length} accesses, ${late} reads past their deadline`,
      );
    });
  });
