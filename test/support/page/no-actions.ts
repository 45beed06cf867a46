import type { Actions } from '../../../src/element/model.js';

const nothing = (): void => undefined;

/** For a banner that is drawn and never pressed. */
export const noActions: Actions = {
  check: nothing,
  checkVisits: nothing,
  set: nothing,
  reveal: nothing,
  close: nothing,
  copy: nothing,
  called: nothing,
};
