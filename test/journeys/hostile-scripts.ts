/**
 * What old and new EPR pages do to the browser's own objects before a tag is loaded, each as a classic script. These
 * are habits of libraries that are still served, or such a library itself.
 */
export const manners: Readonly<Record<string, string | URL>> = {
  'Angular’s zone.js, which replaces Promise, timers, fetch and events': new URL(
    '../../node_modules/zone.js/bundles/zone.umd.min.js',
    import.meta.url,
  ),
  'Prototype’s and MooTools’ habits: enumerable methods everywhere, Array.from and JSON of its own': `
    for (const Type of [Array, String, Number, Function, Element, Event, Node])
      for (const name of ['each', 'extend', 'clone', 'clean', 'select', 'hide', 'show', 'toggle', 'update', 'insert', 'contains'])
        if (!(name in Type.prototype)) Type.prototype[name] = function () { throw new Error('not for you: ' + name); };
    Array.from = function (some) {
      const all = [];
      for (let index = 0; index < (some ? some.length || 0 : 0); index++) all[index] = some[index];
      return all;
    };
    Array.prototype.toJSON = function () { return '[' + this.map((one) => JSON.stringify(one)).join(', ') + ']'; };
    Element.prototype.remove = function () { this.parentNode.removeChild(this); return this; };
    Function.prototype.bind = function (self, ...first) { const work = this; return function (...rest) { return work.apply(self, [...first, ...rest]); }; };`,
  'Datejs’s habits: a Date.parse that reads its own way and gives a Date or null': `{
    const parse = Date.parse;
    Date.parse = function (text) { const at = parse.call(Date, text); return Number.isNaN(at) ? null : new Date(at); };
    Date.prototype.add = function () { return this; };
    Date.prototype.toString = function () { return 'a date'; };
  }`,
  'a Date of its own': `{
    const Real = Date;
    window.Date = class Date extends Real {
      constructor(...parts) { parts.length === 0 ? super(Real.now()) : super(...parts); }
      toString() { return 'a date'; }
    };
  }`,
  'monitoring that wraps fetch, the console and timers': `
    for (const [owner, name] of [[window, 'fetch'], [window, 'setTimeout'], [console, 'warn'], [console, 'error'], [EventTarget.prototype, 'addEventListener'], [EventTarget.prototype, 'dispatchEvent']]) {
      const own = owner[name];
      owner[name] = function (...words) { return own.apply(this === undefined ? window : this, words); };
    }`,
};

/** Enumerable methods on every object, so that anyone who lists an object's keys finds them too. */
export const everyObjectExtended = `
    Object.prototype.forEachPair = function () { throw new Error('not for you'); };
    Object.prototype.toJSONString = function () { return ''; };
    Object.prototype.extend = function () { throw new Error('not for you'); };`;

/** Nobody can add a property to a built-in object, or override one in an object that inherits from it. */
export const everythingFrozen = `
    for (const Type of [Object, Array, Function, String, Number, Boolean, Date, RegExp, Promise, Map, Set, WeakMap, Error]) {
      Object.freeze(Type.prototype);
      Object.freeze(Type);
    }
    Object.freeze(JSON);`;
