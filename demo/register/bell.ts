import { EventEmitter } from 'node:events';

/** Tells the streams of this process that an authority's inbox has changed. Only a hint: the inbox is the truth. */
export interface Bell {
  ring: (codes: readonly string[]) => void;
  /** @returns stops listening */
  onRing: (code: string, heard: () => void) => () => void;
}

export const createBell = (): Bell => {
  const emitter = new EventEmitter().setMaxListeners(0);
  return {
    ring: (codes) => codes.forEach((code) => emitter.emit(code)),
    onRing: (code, heard) => {
      emitter.on(code, heard);
      return () => emitter.off(code, heard);
    },
  };
};
