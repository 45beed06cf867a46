/**
 * Every state of the tag, each with the host's settings and the sandbox's fault that lead to it. Nothing is put into
 * the tag directly: patients are among the demo's people, and the answers come over HTTP.
 */
export interface Cell {
  name: string;
  /** What the tag's read-only attributes say at the end. */
  shows: { status: string; reason?: string; visits?: string };
  nhsNumber?: string;
  /** See demo/register/faults.ts. */
  fault?: string;
  /** Bearer token of a sandbox user. */
  token?: string;
  /** What an adapter of the EPR's context says. */
  context?: Readonly<Partial<Record<'outOfSync' | 'noAttendance', boolean>>>;
  /** Attributes that this state needs, whatever the sheet's controls say. */
  needs?: Readonly<Record<string, string>>;
}

export interface Group {
  title: string;
  cells: readonly Cell[];
}

const shown = { visits: 'shown' };
const current = { status: 'current', ...shown };
const ended = { status: 'ended', ...shown };
const notChecked = (reason: string): Cell['shows'] => ({ status: 'not-checked', reason });

const childProtection = '9992873604';
const severalPlans = '9995124467';
const endedPlan = '9998817846';
const nobody = '9992811528';

const setting = (careSetting: string): Record<string, string> => ({ 'care-setting': careSetting });

export const groups: readonly Group[] = [
  {
    title: 'Before an answer',
    cells: [
      { name: 'Idle: no patient is open', shows: { status: 'idle' } },
      {
        name: 'Checking',
        shows: { status: 'checking' },
        nhsNumber: childProtection,
        fault: 'hang',
        needs: { timeout: '3600' },
      },
    ],
  },
  {
    title: 'A current plan',
    cells: [
      { name: 'Child protection plan', shows: current, nhsNumber: childProtection },
      { name: 'Looked after', shows: current, nhsNumber: '9996331520' },
      { name: 'Unborn baby, on the mother’s record', shows: current, nhsNumber: '9997064968' },
      { name: 'Plans joined, at one authority, over 25 views', shows: current, nhsNumber: '9996877442' },
      { name: 'Several authorities, and one plan that has ended', shows: current, nhsNumber: severalPlans },
      { name: 'Own plan and an unborn baby’s', shows: current, nhsNumber: '9993338249' },
      { name: 'Plan that starts later', shows: current, nhsNumber: '9992158085' },
      { name: 'Plan type not recognised', shows: current, nhsNumber: '9999814409' },
      { name: 'Long name of an authority', shows: current, nhsNumber: '9997034880' },
      { name: 'Office number not recorded', shows: current, nhsNumber: '9994336649' },
      { name: 'No name, dates or numbers recorded', shows: current, nhsNumber: childProtection, fault: 'bare' },
      {
        name: 'NHS 111: what to do before the call ends',
        shows: current,
        nhsNumber: childProtection,
        needs: setting('nhs-111'),
      },
      {
        name: 'Maternity: what to do after birth',
        shows: current,
        nhsNumber: '9997064968',
        needs: setting('maternity-unit'),
      },
    ],
  },
  {
    title: 'Ended, and none',
    cells: [
      { name: 'Child protection plan ended', shows: ended, nhsNumber: endedPlan },
      { name: 'Looked after until', shows: ended, nhsNumber: '9998791685' },
      { name: 'Unborn baby’s plan ended', shows: ended, nhsNumber: '9990633606' },
      {
        name: 'Not brought to an appointment',
        shows: current,
        nhsNumber: childProtection,
        needs: { ...setting('general-practice'), attendance: 'not-brought' },
      },
      { name: 'No record', shows: { status: 'none' }, nhsNumber: nobody },
      {
        name: 'No record, maternity and paediatric ward',
        shows: { status: 'none' },
        nhsNumber: '9992727047',
        needs: setting('maternity-unit'),
      },
    ],
  },
  {
    title: 'Earlier visits',
    cells: [
      {
        name: 'Loading',
        shows: { status: 'current', visits: 'loading' },
        nhsNumber: childProtection,
        fault: 'visits-hang',
        needs: { timeout: '3600' },
      },
      { name: 'Shown: none before now', shows: current, nhsNumber: '9996878082' },
      {
        name: 'Failed',
        shows: { status: 'current', visits: 'failed' },
        nhsNumber: severalPlans,
        fault: 'visits-500',
      },
      {
        name: 'Incomplete',
        shows: current,
        nhsNumber: severalPlans,
        fault: 'visits-next-link',
      },
      {
        name: 'Unavailable: asked by the Patient Flags interface',
        shows: { status: 'current', visits: 'unavailable' },
        nhsNumber: childProtection,
        needs: { ...setting('general-practice'), 'register-api': 'patient-flags' },
      },
    ],
  },
  {
    title: 'The answer was incomplete',
    cells: [
      { name: 'With a current plan', shows: current, nhsNumber: severalPlans, fault: 'outcome' },
      {
        name: 'With ended plans only: not checked, and they are listed',
        shows: { ...notChecked('unreadable'), ...shown },
        nhsNumber: endedPlan,
        fault: 'next-link',
      },
      { name: 'With no plan', shows: notChecked('unreadable'), nhsNumber: nobody, fault: 'next-link' },
    ],
  },
  {
    title: 'Not checked: the host',
    cells: [
      { name: 'Out of sync', shows: current, nhsNumber: childProtection, context: { outOfSync: true } },
      {
        name: 'Open, and not attending',
        shows: notChecked('no-attendance'),
        nhsNumber: childProtection,
        context: { noAttendance: true },
      },
      { name: 'No NHS number', shows: notChecked('nhs-number-missing'), needs: { encounter: 'unknown-patient' } },
      { name: 'NHS number not valid', shows: notChecked('nhs-number-invalid'), nhsNumber: '9990000000' },
      {
        name: 'NHS number not traced',
        shows: notChecked('nhs-number-unverified'),
        nhsNumber: childProtection,
        needs: { 'nhs-number-status': 'unverified' },
      },
      {
        name: 'No care setting',
        shows: notChecked('care-setting-missing'),
        nhsNumber: childProtection,
        needs: setting(''),
      },
      {
        name: 'Care setting not known',
        shows: notChecked('care-setting-unknown'),
        nhsNumber: childProtection,
        needs: setting('day-surgery'),
      },
      {
        name: 'Attendance not stated',
        shows: notChecked('attendance-missing'),
        nhsNumber: childProtection,
        needs: setting('camhs'),
      },
      {
        name: 'Set up wrongly',
        shows: notChecked('misconfigured'),
        nhsNumber: childProtection,
        needs: { 'register-api': 'summary-care-record' },
      },
    ],
  },
  {
    title: 'Not checked: the register',
    cells: [
      { name: 'Signed out', shows: notChecked('signed-out'), nhsNumber: childProtection, fault: 'status-401' },
      {
        name: 'Access denied to this role',
        shows: notChecked('access-denied'),
        nhsNumber: childProtection,
        token: 'demo-no-access',
      },
      { name: 'Refused', shows: notChecked('refused'), nhsNumber: childProtection, fault: 'status-400' },
      { name: 'Busy', shows: notChecked('busy'), nhsNumber: childProtection, fault: 'status-503' },
      {
        name: 'Timed out',
        shows: notChecked('timed-out'),
        nhsNumber: childProtection,
        fault: 'hang',
        needs: { timeout: '1' },
      },
      { name: 'Unreachable', shows: notChecked('unreachable'), nhsNumber: childProtection, fault: 'drop' },
      { name: 'Cut off half-way', shows: notChecked('unreachable'), nhsNumber: childProtection, fault: 'half-body' },
      {
        name: 'Register’s fault',
        shows: notChecked('register-error'),
        nhsNumber: childProtection,
        fault: 'status-500',
      },
      { name: 'Unreadable', shows: notChecked('unreadable'), nhsNumber: childProtection, fault: 'malformed' },
      {
        name: 'A page instead of an answer',
        shows: notChecked('unreadable'),
        nhsNumber: childProtection,
        fault: 'html',
      },
      {
        name: 'Another patient’s answer',
        shows: notChecked('wrong-patient'),
        nhsNumber: childProtection,
        fault: 'wrong-patient',
      },
    ],
  },
  {
    title: 'Discreet',
    cells: [
      { name: 'A record is held', shows: current, nhsNumber: severalPlans, needs: { discreet: '' } },
      { name: 'No record: looks the same', shows: { status: 'none' }, nhsNumber: nobody, needs: { discreet: '' } },
      {
        name: 'Not checked stays plain',
        shows: notChecked('busy'),
        nhsNumber: nobody,
        fault: 'status-503',
        needs: { discreet: '' },
      },
    ],
  },
];

/** Every cell, in the sheet's order. */
export const cells: readonly Cell[] = groups.flatMap((group) => group.cells);
