/**
 * Care settings as a reader knows them. The last four can be scheduled or unscheduled, so the attendance must be
 * stated.
 */
export const settings: readonly (readonly [name: string, value: string])[] = [
  ['Emergency department', 'emergency-department'],
  ['Emergency dental', 'emergency-dental'],
  ['Walk-in centre', 'walk-in-centre'],
  ['Minor injuries unit', 'minor-injuries-unit'],
  ['Ambulance', 'ambulance'],
  ['GP out of hours', 'gp-out-of-hours'],
  ['Paediatric ward', 'paediatric-ward'],
  ['Maternity unit', 'maternity-unit'],
  ['NHS 111', 'nhs-111'],
  ['General practice', 'general-practice'],
  ['Termination of pregnancy', 'termination-of-pregnancy'],
  ['School nursing', 'school-nursing'],
  ['Health visiting', 'health-visiting'],
  ['CAMHS', 'camhs'],
  ['Sexual assault referral centre', 'sexual-assault-referral-centre'],
  ['Community paediatrics', 'community-paediatrics'],
  ['Dentistry', 'dentistry'],
];

export const attendances: readonly (readonly [name: string, value: string])[] = [
  ['As the setting says', ''],
  ['Unscheduled', 'unscheduled'],
  ['Scheduled', 'scheduled'],
];
