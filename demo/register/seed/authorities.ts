import type { LocalAuthority } from '../records.js';

/**
 * Real authorities with invented numbers, all from the ranges that Ofcom keeps for drama. Names and numbers are as
 * untidy as real ones: with a code before them, in upper case, spaced, unspaced or with +44.
 */
export const authorities = {
  islington: {
    code: 'E09000019',
    name: 'Islington Local Authority',
    officeHoursPhone: '02079460199',
    emergencyDutyPhone: '02079460123',
  },
  hackney: {
    code: 'E09000012',
    name: 'LONDON BOROUGH OF HACKNEY',
    officeHoursPhone: '020 7946 0188',
    emergencyDutyPhone: '020 7946 0456',
  },
  camden: {
    code: 'E09000007',
    name: 'LONDON BOROUGH OF CAMDEN',
    officeHoursPhone: '02079460711',
    emergencyDutyPhone: '02079460722',
  },
  // No office-hours number: it may be absent (CP-IS consumer guide, Data mapping).
  haringey: { code: 'E09000014', name: 'Haringey Council', emergencyDutyPhone: '07700900345' },
  sheffield: {
    code: 'E08000019',
    name: 'SFD1 - SHEFFIELD CITY COUNCIL',
    officeHoursPhone: '01134960210',
    emergencyDutyPhone: '01134960870',
  },
  manchester: {
    code: 'E08000003',
    name: 'MANCHESTER CITY COUNCIL',
    officeHoursPhone: '0161 496 0150',
    emergencyDutyPhone: '0161 496 0999',
  },
  bournemouth: {
    code: 'E06000058',
    name: 'Bournemouth, Christchurch and Poole Council',
    officeHoursPhone: '+441632960210',
    emergencyDutyPhone: '+441632960777',
  },
  surrey: {
    code: 'E10000030',
    name: 'Surrey County Council',
    officeHoursPhone: '01632 960311',
    emergencyDutyPhone: '01632 960322',
  },
  // In no list of authorities, so nobody may say that it is out of area.
  unrecognised: {
    code: 'X00000001',
    name: "NORTHMARCH CHILDREN'S PARTNERSHIP",
    officeHoursPhone: '01632960404',
    emergencyDutyPhone: '01632960405',
  },
} as const satisfies Record<string, LocalAuthority>;

export type AuthorityKey = keyof typeof authorities;
