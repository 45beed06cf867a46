// The shapes of the small bodies that are sent to the register. Messages name fields and never repeat values.

import * as v from 'valibot';

import { isNhsNumber } from './nhs-number.js';
import { day, text } from './uploads/fields.js';

const nhsNumber = (field: string) =>
  v.pipe(
    text(field, 40),
    v.transform((number) => number.replace(/[\s-]/g, '')),
    v.check(isNhsNumber, `${field} is not a valid NHS number.`),
  );

export const birthRecord = v.object({
  mother: v.object({ nhsNumber: nhsNumber('mother.nhsNumber') }),
  baby: v.object({ nhsNumber: nhsNumber('baby.nhsNumber'), birthDate: day('baby.birthDate') }),
  plan: v.optional(
    v.object({ type: v.picklist(['CPP', 'LAC'], 'plan.type is CPP or LAC.'), start: day('plan.start') }),
  ),
});

export const workerAllocation = v.object({
  allocatedWorker: v.picklist(['present', 'none'], 'allocatedWorker is present or none.'),
});

export const acknowledgementNote = v.object({
  by: v.optional(text('by')),
  outcome: v.optional(
    v.picklist(
      ['passed-to-worker', 'spoke-to-service', 'assessing', 'no-further-action'],
      'outcome is passed-to-worker, spoke-to-service, assessing or no-further-action.',
    ),
  ),
});

export const openedInErrorNote = v.object({
  nhsNumber: nhsNumber('nhsNumber'),
  traceId: v.optional(v.pipe(text('traceId'), v.uuid('traceId is a UUID.'))),
  note: v.optional(
    v.pipe(
      v.string('note is text.'),
      v.trim(),
      v.maxLength(500, 'note is longer than 500 characters.'),
      v.check((note) => !/[\0\p{Surrogate}]/u.test(note), 'note has characters that cannot be kept.'),
    ),
  ),
});

export const invented = v.object({
  nhsNumber: v.pipe(nhsNumber('nhsNumber'), v.startsWith('999', 'An invented number starts with 999.')),
  familyName: text('familyName'),
  givenName: v.pipe(
    v.string('givenName is text.'),
    v.trim(),
    v.maxLength(100, 'givenName is longer than 100 characters.'),
  ),
  birthDate: day('birthDate'),
  gender: v.optional(text('gender', 40)),
  sensitive: v.optional(v.boolean('sensitive is true or false.')),
});

export const superseded = v.object({ nhsNumber: nhsNumber('nhsNumber'), supersededBy: nhsNumber('supersededBy') });

export const availability = v.object({ available: v.boolean('available is true or false.') });
