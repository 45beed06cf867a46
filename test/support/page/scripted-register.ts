import type { LoggedRequest, Scripts } from '../scripts.js';

export type { Scripts } from '../scripts.js';

let count = 0;

/** The test's side of the scripted register; every test has one of its own. */
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

  /** The requests so far, of one resource or of all. */
  async log(resource?: string): Promise<readonly LoggedRequest[]> {
    const log = (await (await fetch(`${this.#home}/log`)).json()) as readonly LoggedRequest[];
    return resource === undefined ? log : log.filter((entry) => entry.resource === resource);
  }

  /** Lets held answers go. */
  async release(resource = ''): Promise<void> {
    await fetch(`${this.#home}/release/${resource}`, { method: 'POST' });
  }
}
