/** One call to the platform: `Worker`, `Date.now`, or `BroadcastChannel#postMessage` of every instance. */
export interface Call {
  readonly realm: 'page' | 'worker';
  readonly path: string;
  /** Whether it has answered with a promise. */
  readonly isAsync: boolean;
}

/** How it fails: it throws, does nothing or is missing. If it returns a promise, that rejects or never settles. */
export const modes = ['throws', 'does nothing', 'is missing', 'rejects', 'never comes'] as const;
export type Mode = (typeof modes)[number];

/** What the page and its worker offer to the campaign. */
export interface Platform {
  /** Counts what is called from now on. */
  count: (globals: readonly string[], members: readonly string[]) => void;
  readonly called: () => readonly { readonly path: string; readonly isAsync: boolean }[];
  /** Whether it could be broken. What cannot be redefined cannot. */
  fail: (path: string, mode: Mode) => boolean;
}

declare global {
  var platform: Platform;
}

/** Runs in the page, and in its worker, before any other script. It uses nothing outside itself. */
export function installPlatform(): void {
  /** The language itself. Without it nothing at all can be guaranteed. */
  const language =
    /^(?:Object|Function|Array|String|Number|Boolean|Symbol|BigInt|Promise|RegExp|Map|Set|WeakMap|WeakSet|WeakRef|\w*Error|Iterator|\w+Array|ArrayBuffer|DataView|JSON|Math|Reflect|Proxy|globalThis|self|window|undefined|NaN|Infinity|isNaN|parseInt|eval)$/;
  const { apply, construct, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
  const called = new Map<string, { isAsync: boolean }>();

  /** The object that has the property as its own. */
  const ownerOf = (object: object | null, name: string): object | undefined => {
    for (let at = object; at !== null; at = getPrototypeOf(at)) if (getOwnPropertyDescriptor(at, name)) return at;
    return undefined;
  };
  const holderOf = (path: string): readonly [object | undefined, string] => {
    const [, name = '', mark, member = ''] = /^(\w+)(?:([.#])(\w+))?$/.exec(path) ?? [];
    if (mark === undefined) return [ownerOf(globalThis, name), name];
    const of = Reflect.get(globalThis, name) as { prototype: object };
    return [mark === '#' ? of.prototype : ownerOf(of, member), member];
  };
  const isFunction = (value: unknown): value is (...words: unknown[]) => unknown => typeof value === 'function';

  const countOne = (path: string): void => {
    const [holder, name] = holderOf(path);
    const property = holder && getOwnPropertyDescriptor(holder, name);
    if (holder === undefined || property?.configurable !== true) return;
    const note = <Result>(result: Result): Result => {
      const isAsync = result instanceof Promise || called.get(path)?.isAsync === true;
      called.set(path, { isAsync });
      return result;
    };
    const counting = (real: object): object =>
      new Proxy(real, {
        apply: (target, self, words) => note<unknown>(apply(target as never, self, words)),
        construct: (target, words, made) => note(construct(target as never, words, made) as object),
      });
    if (isFunction(property.value)) defineProperty(holder, name, { ...property, value: counting(property.value) });
    else if (property.get !== undefined) {
      const { get } = property;
      defineProperty(holder, name, {
        ...property,
        get() {
          return note(apply(get, this, []) as unknown);
        },
      });
    }
  };

  globalThis.platform = {
    count: (globals, members) => {
      const isMember = new Set(members);
      const paths: string[] = [];
      for (const name of globals)
        if (!language.test(name) && name in globalThis) {
          paths.push(name);
          const value: unknown = Reflect.get(globalThis, name);
          if (isFunction(value) || (typeof value === 'object' && value !== null))
            // Whatever is inherited belongs to its interface.
            for (const member of isMember)
              if (member !== 'constructor' && getOwnPropertyDescriptor(value, member)) paths.push(`${name}.${member}`);
        }
      for (const name of ownKeys(globalThis))
        if (typeof name === 'string' && /^[A-Z]/.test(name) && !language.test(name)) {
          const value: unknown = Reflect.get(globalThis, name);
          if (!isFunction(value)) continue;
          const prototype: unknown = Reflect.get(value, 'prototype');
          if (typeof prototype !== 'object' || prototype === null) continue;
          for (const member of ownKeys(prototype))
            if (typeof member === 'string' && isMember.has(member) && member !== 'constructor')
              paths.push(`${name}#${member}`);
        }
      for (const path of paths.filter((path) => !/^(?:Object|Function)[.#]/.test(path)).reverse()) countOne(path);
    },
    called: () => [...called].map(([path, { isAsync }]) => ({ path, isAsync })),
    fail: (path, mode) => {
      const [holder, name] = holderOf(path);
      const property = holder && getOwnPropertyDescriptor(holder, name);
      if (holder === undefined || property?.configurable !== true) return false;
      const broken = function (): unknown {
        if (mode === 'throws') throw new TypeError('platform');
        if (mode === 'rejects') return Promise.reject(new TypeError('platform'));
        return mode === 'never comes' ? new Promise(() => undefined) : undefined;
      };
      const value = mode === 'is missing' ? undefined : broken;
      return defineProperty(
        holder,
        name,
        'value' in property
          ? { ...property, value }
          : { ...property, get: broken, ...(property.set && { set: () => void broken() }) },
      );
    },
  };
}
