import type { Practitioner } from '../records.js';

const whittington = 'Whittington Hospital, emergency department';
const royalLondon = 'Royal London Hospital, emergency department';
const homerton = 'Homerton Hospital, emergency department';
const northernGeneral = 'Northern General Hospital, emergency department';

/** Invented staff who looked before today, as [name, role code, role, organisation]. Codes are SNOMED CT. */
const staff = {
  okafor: ['Mr Daniel OKAFOR', '158994007', 'Staff nurse', royalLondon],
  shah: ['Dr Amira SHAH', '302211009', 'Specialty registrar', royalLondon],
  doyle: ['Sister Agnes DOYLE', '224572003', 'Nursing sister', whittington],
  whittaker: ['Dr Tom WHITTAKER', '309294001', 'Accident and Emergency doctor', whittington],
  santos: ['Ms Beatriz SANTOS', '224538006', 'Triage nurse', whittington],
  grant: ['Mrs Yvonne GRANT', '158994007', 'Staff nurse', homerton],
  iqbal: ['Dr Nadia IQBAL', '309294001', 'Accident and Emergency doctor', homerton],
  pryce: ['Mr Gareth PRYCE', '224571005', 'Nurse practitioner', 'Angel walk-in centre'],
  lyle: ['Ms Morag LYLE', '397897005', 'Paramedic', 'London Ambulance Service'],
  control: ['Clinical hub', undefined, 'Clinical adviser', 'London Ambulance Service'],
  nwOutOfHours: ['Dr Peter LANGLEY', '309326008', 'Deputising general practitioner', 'Camden GP out of hours'],
  asher: ['Mrs Ruth ASHER', '158992006', 'Midwifery sister', 'Whittington Hospital, maternity unit'],
  nwosu: ['Ms Ifeoma NWOSU', '158995008', 'Staff midwife', 'Homerton Hospital, maternity unit'],
  ward: ['Mr Luke BARTON', '224562001', 'Paediatric nurse', 'Whittington Hospital, paediatric ward'],
  hallam: ['Mr Craig HALLAM', '158994007', 'Staff nurse', northernGeneral],
  stead: ['Dr Judith STEAD', '309390008', 'Hospital consultant', northernGeneral],
  yorkshire111: ['Duty team', undefined, 'Health adviser', 'NHS 111 Yorkshire and the Humber'],
  poole: ['Mrs Sheila COOMBES', '158994007', 'Staff nurse', 'Poole Hospital, emergency department'],
  bournemouthMiu: ['Mr Ian TREVETT', '224571005', 'Nurse practitioner', 'Swanage minor injuries unit'],
  manchester: [
    'Dr Wasim ANWAR',
    '309294001',
    'Accident and Emergency doctor',
    "Royal Manchester Children's Hospital, emergency department",
  ],
  guildford: ['Miss Clare PENROSE', '158994007', 'Staff nurse', 'Royal Surrey County Hospital, emergency department'],
} as const satisfies Record<string, readonly [string, string | undefined, string, string]>;

/** Who made an earlier access: the staff above, or the sandbox's own 111 team line. */
export type Viewer = keyof typeof staff | 'demo-111';

export const practitioners: readonly Practitioner[] = Object.entries(staff).map(
  ([author, [name, roleCode, role, organisation]], index) => ({
    author,
    roleProfileId: `9990000010${String(index).padStart(2, '0')}`,
    name,
    roleCode,
    role,
    organisation,
  }),
);
