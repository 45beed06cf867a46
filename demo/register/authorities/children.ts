import type { ChildDetail, ChildListed, PlanSeen } from '../../shared/register-api.js';
import { accessesSince, history } from '../accesses.js';
import { personColumns, seenAccess, seenChild, seenPlan, type PersonRow } from '../authority-view.js';
import type { Queries } from '../database/database.js';
import type { RegisterParts } from '../parts.js';
import { isReturned, planColumns, returnedPlans, type PlanRow } from '../plans.js';
import { Problem } from '../problem.js';
import { londonDay, startOfDayBefore } from '../../shared/time.js';

type Listed = PersonRow & { workerPresent: boolean | null };

const workerOf = ({ workerPresent }: Listed) => (workerPresent === null ? null : workerPresent ? 'present' : 'none');

/** An authority's own children, by family name: those for whom one of its plans is still returned. */
export const listChildren = async ({ database, now, windows }: RegisterParts, code: string): Promise<ChildListed[]> => {
  const today = londonDay(now());
  const rows = await database.query<Listed & PlanRow>(
    `select ${personColumns}, ${planColumns}, worker.present as "workerPresent"
       from plan
       join shown_person person on person.nhs_number = plan.nhs_number
       join local_authority on local_authority.code = plan.local_authority
       left join allocated_worker worker
         on worker.local_authority = plan.local_authority and worker.nhs_number = plan.nhs_number
      where plan.local_authority = $1
      order by lower(person.family_name), lower(person.given_name), person.nhs_number, plan.start_date, plan.id`,
    [code],
  );
  const returned = rows.filter((row) => isReturned(row, today, windows));
  const children = new Map<string, ChildListed & { plans: PlanSeen[] }>();
  for (const row of returned) {
    const child = children.get(row.childId) ?? { ...seenChild(row, today), plans: [], allocatedWorker: workerOf(row) };
    child.plans.push(seenPlan(row, code, today));
    children.set(row.childId, child);
  }
  return [...children.values()];
};

/**
 * One of them, with every authority's plans and the accesses that health sees (PG9 2.4).
 * @throws Problem 404, the same for another authority's child as for nobody
 */
export const readChild = async (parts: RegisterParts, code: string, childId: string): Promise<ChildDetail> => {
  const { database, now, windows, retention } = parts;
  const today = londonDay(now());
  const child = await ownChild(database, code, childId);
  const plans = await returnedPlans(database, child.nhsNumber, today, windows);
  if (!plans.some(({ authorityCode }) => authorityCode === code)) throw notOwn();
  const accesses = await accessesSince(database, child.nhsNumber, startOfDayBefore(today, retention.accesses));
  return {
    ...seenChild(child, today),
    plans: plans.map((plan) => seenPlan(plan, code, today)),
    allocatedWorker: workerOf(child),
    accesses: history(accesses).map(seenAccess),
  };
};

/** Notes whether a social worker is allocated to a child (PG9 3.4). @throws Problem 404 */
export const allocateWorker = async (
  inside: Queries,
  code: string,
  childId: string,
  present: boolean,
): Promise<string> => {
  const { nhsNumber } = await ownChild(inside, code, childId);
  await inside.query(
    `insert into allocated_worker (local_authority, nhs_number, present) values ($1, $2, $3)
     on conflict (local_authority, nhs_number) do update set present = excluded.present`,
    [code, nhsNumber, present],
  );
  return nhsNumber;
};

const ownChild = async (inside: Queries, code: string, childId: string): Promise<Listed> => {
  const [child] = await inside.query<Listed>(
    `select ${personColumns}, worker.present as "workerPresent"
       from shown_person person
       left join allocated_worker worker on worker.local_authority = $1 and worker.nhs_number = person.nhs_number
      where person.id = $2
        and exists (select 1 from plan where plan.nhs_number = person.nhs_number and plan.local_authority = $1)`,
    [code, childId],
  );
  if (child === undefined) throw notOwn();
  return child;
};

const notOwn = () => new Problem(404, 'This authority has no such child. Children are listed under /children.');
