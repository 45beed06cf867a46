import type { AccessToService } from '../shared/register-api.js';
import type { AccessRow } from './accesses.js';
import { seenAccess, seenPlan } from './authority-view.js';
import type { Queries } from './database/database.js';
import { notify } from './notify.js';
import type { PlanRow } from './plans.js';
import { countViews, visitBeginnings } from './visits.js';

interface NewAccess {
  id: string;
  nhsNumber: string;
  at: number;
  /** The day of the access in London, YYYY-MM-DD. */
  today: string;
}

/** What an access-to-service notification stores. The rest is looked up when it is read. */
export type AlertContent = Pick<AccessToService, 'access' | 'before' | 'visitBeganAt' | 'plans' | 'allEnded'>;

/**
 * Tells each authority with a returned plan of a new unscheduled access (PG9 3: who, where, when, how often before).
 * Call it in the transaction that recorded the access, so that neither is stored without the other.
 * @param accesses every kept access of this number, oldest first, including the new one
 */
export const alertAuthorities = async (
  inside: Queries,
  { id, nhsNumber, at, today }: NewAccess,
  plans: readonly PlanRow[],
  accesses: readonly AccessRow[],
): Promise<void> => {
  const codes = [...new Set(plans.map(({ authorityCode }) => authorityCode))];
  const place = accesses.findIndex((access) => access.id === id);
  const access = accesses[place];
  if (access === undefined || codes.length === 0) return;

  const others = accesses.filter((other) => other !== access);
  const shared = {
    access: seenAccess(access),
    before: countViews(others, at),
    visitBeganAt: new Date(visitBeginnings(accesses)[place]?.began ?? at).toISOString(),
  };
  const contents = codes.map((code): [string, AlertContent] => {
    const own = plans.filter(({ authorityCode }) => authorityCode === code).map((plan) => seenPlan(plan, code, today));
    return [code, { ...shared, plans: own, allEnded: own.every(({ ended }) => ended) }];
  });
  await notify(inside, { kind: 'access-to-service', at, nhsNumber, accessId: id, contents: new Map(contents) });
};
