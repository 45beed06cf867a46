import type { LoggedRequest, Scripts } from '../scripts.js';

export type { Scripts } from '../scripts.js';

let count = 0;

/** The test's side of the scripted register. Every test has a register of its own. */
export class ScriptedRegister {
  readonly #home = `/scripted/${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}-${++count}`;

  static async answering(scripts: Scripts): Promise<ScriptedRegister> {
    const register = new ScriptedRegister();
    await register.script(scripts);
    return register;
  }

  get baseUrl(): string {
    return `${this.#home}/FHIR`;
  }

  async script(scripts: Scripts): Promise<void> {
    await fetch(`${this.#home}/control`, { method: 'PUT', body: JSON.stringify(scripts) });
  }

  /** The requests so far, for one resource or for all. */
  async log(resource?: string): Promise<readonly LoggedRequest[]> {
    const log = (await (await fetch(`${this.#home}/log`)).json()) as readonly LoggedRequest[];
    return resource === undefined ? log : log.filter((entry) => entry.resource === resource);
  }

  /** Sends the answers that were held. */
  async release(resource = ''): Promise<void> {
    await fetch(`${this.#home}/release/${resource}`, { method: 'POST' });
  }
}
