import * as v from 'valibot';

import type {
  AccessSeen,
  BirthRecorded,
  ChildDetail,
  ChildListed,
  DemographicsPerson,
  LocalAuthorityListed,
  Notification,
  Notifications,
  OpenedInErrorSent,
  PlanSeen,
  ToCorrect,
  UploadResult,
} from '../shared/register-api.js';

/**
 * The shapes of the register's answers outside its FHIR addresses. The types are as in `register-api.ts`; the shapes
 * are for OpenAPI.
 */

const text = v.string();
const count = v.pipe(v.number(), v.integer());
const planType = v.picklist(['CPP', 'LAC', 'UCP']);
const recordCode = v.picklist(['CPR01', 'CPR02', 'CPR03', 'CPR04', 'CPR05', 'CPR06', 'CPR07']);
const fileCode = v.picklist(['CPF01', 'CPF02', 'CPF03', 'CPF04', 'CPF05']);
const allocatedWorker = v.nullable(v.picklist(['present', 'none']));
const outcome = v.nullable(v.picklist(['passed-to-worker', 'spoke-to-service', 'assessing', 'no-further-action']));

const plan = v.strictObject({
  type: v.union([planType, v.literal('other')]),
  display: text,
  start: text,
  end: v.nullable(text),
  ended: v.boolean(),
  authority: v.strictObject({
    code: text,
    name: text,
    officeHoursPhone: v.nullable(text),
    emergencyDutyPhone: v.nullable(text),
  }),
  own: v.boolean(),
}) satisfies v.GenericSchema<PlanSeen>;

const childSeen = v.strictObject({
  id: text,
  nhsNumber: text,
  name: text,
  birthDate: v.nullable(text),
  age: v.nullable(text),
});

const access = v.strictObject({
  at: text,
  viewer: text,
  role: text,
  organisation: text,
  setting: v.nullable(text),
  callBackPhone: v.nullable(text),
}) satisfies v.GenericSchema<AccessSeen>;

const listed = v.strictObject({ ...childSeen.entries, plans: v.array(plan), allocatedWorker });
const counted = v.strictObject({ views: count, visits: count });

const notified = {
  id: count,
  at: text,
  acknowledgedAt: v.nullable(text),
  acknowledgedBy: v.nullable(text),
  outcome,
  child: childSeen,
};

const notification = v.variant('kind', [
  v.strictObject({
    kind: v.literal('access-to-service'),
    ...notified,
    access,
    before: v.strictObject({ last30Days: counted, last12Months: counted }),
    visitBeganAt: text,
    plans: v.array(plan),
    allEnded: v.boolean(),
    allocatedWorker,
  }),
  v.strictObject({ kind: v.literal('inactive-nhs-number'), ...notified }),
  v.strictObject({ kind: v.literal('opened-in-error'), ...notified, access, about: count, note: text }),
]) satisfies v.GenericSchema<Notification>;

export const authorities = v.array(v.strictObject({ code: text, name: text })) satisfies v.GenericSchema<
  LocalAuthorityListed[]
>;
export const uploadResult = v.strictObject({
  file: fileCode,
  message: text,
  records: v.array(v.strictObject({ row: count, nhsNumber: text, code: recordCode, message: text })),
}) satisfies v.GenericSchema<UploadResult>;
export const toCorrect = v.array(
  v.strictObject({
    id: text,
    code: recordCode,
    message: text,
    row: count,
    sentAt: text,
    record: v.strictObject({
      nhsNumber: text,
      familyName: text,
      givenName: text,
      birthDate: text,
      gender: text,
      plans: v.array(v.strictObject({ type: text, start: text, end: text })),
    }),
  }),
) satisfies v.GenericSchema<ToCorrect[]>;
export const children = v.array(listed) satisfies v.GenericSchema<ChildListed[]>;
export const child = v.strictObject({
  ...listed.entries,
  accesses: v.array(access),
}) satisfies v.GenericSchema<ChildDetail>;
export const birth = v.strictObject({
  mother: childSeen,
  baby: childSeen,
}) satisfies v.GenericSchema<BirthRecorded>;
export const notifications = v.strictObject({
  notifications: v.array(notification),
  next: count,
}) satisfies v.GenericSchema<Notifications>;
export const openedInError = v.strictObject({
  authorities: v.array(text),
}) satisfies v.GenericSchema<OpenedInErrorSent>;
export const people = v.array(
  v.strictObject({
    nhsNumber: text,
    familyName: text,
    givenName: text,
    birthDate: v.nullable(text),
    gender: v.nullable(text),
    sensitive: v.boolean(),
    supersededBy: v.nullable(text),
  }),
) satisfies v.GenericSchema<DemographicsPerson[]>;
export const health = v.strictObject({ status: v.literal('ok') });
