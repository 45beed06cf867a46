/**
 * The first script of every screen: when the toolbar has chosen another time, `Date` tells it and keeps ticking. It runs
 * before the tag is loaded, so that the tag has never seen another clock.
 */
import { rememberedShift } from './toolbar/shift.js';

const shift = rememberedShift();

if (shift !== 0) {
  const RealDate = Date;
  const now = (): number => RealDate.now() + shift;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, parts: unknown[], newTarget) =>
      Reflect.construct(target, parts.length === 0 ? [now()] : parts, newTarget) as Date,
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
  });
}
