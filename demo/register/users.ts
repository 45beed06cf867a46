import type { Practitioner } from './records.js';

/** May view, and so alert: CP-IS role-based access, activity B0107. */
const VIEW = 'B0107';
/** May only view silently: activity B0170. */
const VIEW_SILENTLY = 'B0170';

/** Someone who is signed in. Their author id is also their bearer token, because these people are invented. */
export interface User extends Practitioner {
  activity: typeof VIEW | typeof VIEW_SILENTLY | undefined;
}

const whittington = 'Whittington Hospital, emergency department';

/** By token. Tokens must not change: [name, SNOMED CT role code, role, organisation, activity]. */
const staff = {
  'demo-ed-nurse': ['Ms Hannah LEWIS', '158994007', 'Staff nurse', whittington, VIEW],
  'demo-ed-doctor': ['Dr Rohan MEHTA', '302211009', 'Specialty registrar', whittington, VIEW],
  'demo-111': ['Duty team', undefined, 'Health adviser', 'NHS 111 London', VIEW],
  'demo-midwife': ['Mrs Comfort ASANTE', '158995008', 'Staff midwife', 'Whittington Hospital, maternity unit', VIEW],
  'demo-gp': ['Dr Fiona MACKENZIE', '309394004', 'General practitioner', 'Holloway Road Surgery', VIEW_SILENTLY],
  'demo-school-nurse': ['Mr Stephen OAKLEY', '159003003', 'School nurse', 'Islington school nursing', VIEW_SILENTLY],
  'demo-no-access': ['Ms Julia FENWICK', undefined, 'Receptionist', 'Whittington Hospital, outpatients', undefined],
  'demo-dental-nurse': [
    'Mr Idris KAMARA',
    '6868009',
    'Dental nurse',
    'Royal London Hospital, emergency dental service',
    VIEW,
  ],
  'demo-walk-in-nurse': ['Ms Petra HOLM', '224571005', 'Nurse practitioner', 'Angel walk-in centre', VIEW],
  'demo-paramedic': ['Mr Callum REID', '397897005', 'Paramedic', 'London Ambulance Service', VIEW],
  'demo-out-of-hours-gp': ['Dr Leila NASSER', '309394004', 'General practitioner', 'Camden GP out of hours', VIEW],
  'demo-ward-nurse': ['Ms Orla BYRNE', '224562001', 'Paediatric nurse', 'Whittington Hospital, paediatric ward', VIEW],
  // More staff of the same department, because several often see one attendance.
  'demo-ed-triage-nurse': ['Mr Kwame ADU', '224538006', 'Triage nurse', whittington, VIEW],
  'demo-ed-sister': ['Sister Moira KEANE', '224572003', 'Nursing sister', whittington, VIEW],
  'demo-ed-practitioner': ['ENP Marta RUIZ', '224571005', 'Nurse practitioner', whittington, VIEW],
  'demo-ed-consultant': ['Dr Simon ACHEBE', '309390008', 'Hospital consultant', whittington, VIEW],
} as const satisfies Record<string, readonly [string, string | undefined, string, string, User['activity']]>;

/** The sandbox's users: invented, and the only ones whose tokens it knows. */
export const users: readonly User[] = Object.entries(staff).map(
  ([author, [name, roleCode, role, organisation, activity]], index) => ({
    author,
    roleProfileId: `9990000000${String(index).padStart(2, '0')}`,
    name,
    roleCode,
    role,
    organisation,
    activity,
  }),
);

const byToken = new Map(users.map((one) => [one.author, one]));

/** The user of an Authorization header, if its token is one that the sandbox knows. */
export const userOf = (authorization: string | undefined): User | undefined =>
  byToken.get(/^Bearer +([\w-]+)$/i.exec(authorization ?? '')?.[1] ?? '');

/** Anyone with either activity may read in scheduled care. Only B0107 may make a read that alerts. */
export const mayRead = (who: User, unscheduled: boolean): boolean =>
  who.activity === VIEW || (who.activity === VIEW_SILENTLY && !unscheduled);
