/**
 * Whether this episode is unscheduled care (alerts the local authority), scheduled care (a silent read), or an
 * appointment that was missed (a silent read too). PG9 1.4; NHS England's use cases.
 */
export type Attendance = 'unscheduled' | 'scheduled' | 'not-brought';

/** Whether social care is told nothing (safety rule 6). */
export const isSilent = (attendance: Attendance | undefined): boolean =>
  attendance === 'scheduled' || attendance === 'not-brought';

/**
 * The care settings a host can name, and what each says about the episode. `either`: PG9 1.4 and NHS England's use
 * cases disagree, so the episode decides and the host must state it.
 */
const settings = {
  'emergency-department': 'unscheduled',
  'emergency-dental': 'unscheduled',
  'walk-in-centre': 'unscheduled',
  'minor-injuries-unit': 'unscheduled',
  ambulance: 'unscheduled',
  'gp-out-of-hours': 'unscheduled',
  'paediatric-ward': 'unscheduled',
  'maternity-unit': 'unscheduled',
  'nhs-111': 'unscheduled',
  'general-practice': 'scheduled',
  'termination-of-pregnancy': 'scheduled',
  'school-nursing': 'scheduled',
  'health-visiting': 'scheduled',
  camhs: 'either',
  'sexual-assault-referral-centre': 'either',
  'community-paediatrics': 'either',
  dentistry: 'either',
} as const;

export type CareSetting = keyof typeof settings;

/** Whether each view is an event of its own: two calls or crews in one night are not one stay. */
export const isEachViewItsOwn = (setting: CareSetting | undefined): boolean =>
  setting === 'nhs-111' || setting === 'ambulance';

/** Every care setting, unscheduled first. */
export const careSettings = Object.keys(settings) as readonly CareSetting[];

const isCareSetting = (value: string): value is CareSetting => Object.hasOwn(settings, value);

export type Episode =
  | { setting: CareSetting; attendance: Attendance }
  | { problem: 'care-setting-missing' | 'care-setting-unknown' | 'attendance-missing' | 'misconfigured' };

/**
 * What the host's `care-setting` and `attendance` say together. Nothing is guessed: an unknown setting, or one that can
 * be either without a stated attendance, is a problem and never a query.
 */
export function readEpisode(careSetting: string, attendance: string): Episode {
  if (careSetting === '') return { problem: 'care-setting-missing' };
  if (!isCareSetting(careSetting)) return { problem: 'care-setting-unknown' };
  const usual = settings[careSetting];
  if (attendance === 'unscheduled' || attendance === 'scheduled') return { setting: careSetting, attendance };
  // Nobody is expected in unscheduled care, so nobody can have missed it.
  if (attendance === 'not-brought' && usual !== 'unscheduled') return { setting: careSetting, attendance };
  if (attendance !== '') return { problem: 'misconfigured' };
  return usual === 'either' ? { problem: 'attendance-missing' } : { setting: careSetting, attendance: usual };
}
