/** A service that looks people up: its care setting, in the tag's words, and a number to call back. */
export interface Organisation {
  name: string;
  setting: string;
  callBackPhone?: string | undefined;
}

/** By setting: [name, number]. The numbers are from the ranges that Ofcom keeps for drama. */
const bySetting: Readonly<Record<string, readonly (readonly [string, string?])[]>> = {
  'emergency-department': [
    ['Whittington Hospital, emergency department', '020 7946 0301'],
    ['Royal London Hospital, emergency department', '020 7946 0302'],
    ['Homerton Hospital, emergency department', '020 7946 0303'],
    ['Northern General Hospital, emergency department', '0113 496 0304'],
    ['Poole Hospital, emergency department', '01632 960305'],
    ["Royal Manchester Children's Hospital, emergency department", '0161 496 0306'],
    ['Royal Surrey County Hospital, emergency department', '01632 960307'],
  ],
  'emergency-dental': [['Royal London Hospital, emergency dental service', '020 7946 0311']],
  'walk-in-centre': [['Angel walk-in centre', '020 7946 0321']],
  'minor-injuries-unit': [['Swanage minor injuries unit', '01632 960322']],
  ambulance: [['London Ambulance Service', '020 7946 0331']],
  'gp-out-of-hours': [['Camden GP out of hours', '020 7946 0341']],
  'paediatric-ward': [['Whittington Hospital, paediatric ward', '020 7946 0351']],
  'maternity-unit': [
    ['Whittington Hospital, maternity unit', '020 7946 0361'],
    ['Homerton Hospital, maternity unit', '020 7946 0362'],
  ],
  'nhs-111': [['NHS 111 London', '020 7946 0371'], ['NHS 111 Yorkshire and the Humber']],
  'general-practice': [['Holloway Road Surgery', '020 7946 0381']],
  'school-nursing': [['Islington school nursing', '020 7946 0382']],
};

/** Where the sandbox's users and the earlier viewers work. */
export const organisations: readonly Organisation[] = Object.entries(bySetting).flatMap(([setting, list]) =>
  list.map(([name, callBackPhone]) => ({ name, setting, callBackPhone })),
);
