import { CpIsCallEvent, CpIsRevealEvent } from './events.js';
import type { HostProperties } from './host-properties.js';
import type { Actions } from './model.js';
import type { ReaderController } from './reader-controller.js';

/** What the buttons and links of one banner do. */
export const actionsOf = (
  element: HostProperties & { check(): void },
  reader: ReaderController,
  checkVisits: () => void,
): Actions => ({
  check: () => element.check(),
  checkVisits,
  set: (change) => reader.set(change),
  reveal: () => {
    reader.reveal();
    if (element.discreet) element.dispatchEvent(new CpIsRevealEvent());
  },
  close: () => reader.close(),
  copy: (text) => void reader.copy(text),
  called: (authority, line) => element.dispatchEvent(new CpIsCallEvent(authority, line)),
});
