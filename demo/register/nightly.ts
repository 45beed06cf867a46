import type { Purged } from './keeping.js';
import { londonDay } from '../shared/time.js';

const LOOK_EVERY = 10 * 60_000;

/** Purges once each day in London, soon after the register first notices the new day, for as long as it runs. */
export const createNightly = (purge: () => Promise<Purged>): { stop: () => void } => {
  let purgedOn: string | undefined;
  const look = async () => {
    const today = londonDay(Date.now());
    if (purgedOn === today) return;
    try {
      const { plans, accesses, notifications } = await purge();
      purgedOn = today;
      if (plans + accesses + notifications > 0) {
        console.log(`Purged: ${plans} plans, ${accesses} accesses, ${notifications} notifications`);
      }
    } catch (error) {
      console.error(`The purge failed and will be tried again: ${(error as Error).name}`);
    }
  };
  const timer = setInterval(() => void look(), LOOK_EVERY);
  timer.unref();
  void look();
  return { stop: () => clearInterval(timer) };
};
