import * as v from 'valibot';

import type { PlanType, RecordCode } from '../../shared/register-api.js';
import { isNhsNumber } from '../nhs-number.js';
import { day, optional, text } from './fields.js';

/** A record that may be matched: every field is there and valid. */
export type CheckedRecord = v.InferOutput<typeof shape>;

/** What became of a record. */
export interface Verdict {
  code: RecordCode;
  message: string;
}

const types = ['CPP', 'LAC', 'UCP'] as const satisfies readonly PlanType[];
const MOST_PLANS = 100;

/** NHS numbers before 1996 had letters, in some two dozen forms: "KTUB 31", "ABCD/123/4". */
const oldFormat = /^[A-Z]{2,5}[ /:.-]?\d{1,5}(?:[ /:.-]\d{1,4})?$/i;

const plan = v.pipe(
  v.object(
    {
      type: v.picklist(types, 'The type of a plan is CPP, LAC or UCP.'),
      start: day('start'),
      end: optional(day('end')),
    },
    'A plan has type, start and, once it has ended, end.',
  ),
  v.check(({ start, end }) => end === null || end >= start, 'A plan ends before it starts.'),
);

const shape = v.object(
  {
    nhsNumber: v.pipe(
      text('nhsNumber', 40),
      v.transform((number) => number.replace(/[\s-]/g, '')),
      v.check(isNhsNumber, 'nhsNumber is not a valid NHS number.'),
    ),
    familyName: text('familyName'),
    givenName: text('givenName'),
    birthDate: day('birthDate'),
    gender: optional(text('gender', 40)),
    plans: v.pipe(
      v.array(plan, 'plans is missing. It is a list.'),
      v.nonEmpty('A record has at least one plan.'),
      v.maxLength(MOST_PLANS, `A record has at most ${MOST_PLANS} plans.`),
      v.check(
        (plans) => new Set(plans.map(({ type, start }) => `${type} ${start}`)).size === plans.length,
        'Two plans of a record have the same type and start.',
      ),
    ),
  },
  'A record is an object.',
);

/** Checks a record on its own: it is complete, or this says why not (CPR04, CPR07). */
export const checkRecord = (record: unknown): CheckedRecord | Verdict => {
  const { nhsNumber, wrongLength } = (record ?? {}) as { nhsNumber?: unknown; wrongLength?: unknown };
  if (wrongLength === true) {
    return { code: 'CPR07', message: 'The line has another number of fields than the first line.' };
  }
  if (typeof nhsNumber === 'string' && oldFormat.test(nhsNumber.trim())) {
    return { code: 'CPR04', message: 'The NHS number is in a format from before 1996. Trace the ten-digit number.' };
  }
  const read = v.safeParse(shape, record, { abortEarly: true });
  return read.success ? read.output : { code: 'CPR07', message: read.issues[0].message };
};
