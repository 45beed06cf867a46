import type { CpIsBanner } from '../../../src/index.js';
import { attendancesOf, states, sunday, type Attendance, type State } from '../../fixtures/states.js';
import { mount, nextTask, unmountAll, until } from './banner.js';
import { resume, stopDateAt } from './clock.js';
import { emulateMedia, type Media } from './devtools.js';
import { ScriptedRegister } from './scripted-register.js';

export * from '../../fixtures/states.js';

/** Declares a test for each state, in each attendance in which it can occur. */
export function inEachState(title: string, look: (state: State, attendance: Attendance) => Promise<void>): void {
  for (const state of states)
    for (const attendance of attendancesOf(state))
      it(`${state.name}, ${attendance}: ${title}`, () => look(state, attendance));
}

/** A suite on that evening, for a reader whose system has these settings. */
export function onSunday(media: Media): void {
  before(async () => {
    stopDateAt(sunday);
    await emulateMedia(media);
  });
  afterEach(unmountAll);
  after(async () => {
    resume();
    await emulateMedia();
  });
}

/** A tag in the document that shows this state. */
export async function open(
  state: State,
  attendance: Attendance = 'unscheduled',
  properties: Partial<CpIsBanner> = {},
): Promise<CpIsBanner> {
  const careSetting = attendance === 'scheduled' ? 'general-practice' : 'emergency-department';
  const register = await ScriptedRegister.answering(state.scripts);
  const banner = mount(register, { careSetting, ...state.properties, ...properties });
  if (state.then !== undefined) {
    await until(banner, ({ status }) => status !== 'checking');
    state.then();
  }
  const [status, reason, visits] = state.is;
  await until(banner, (now) => now.status === status && now.reason === reason && now.visits === visits);
  if (status === 'checking') await nextTask();
  return banner;
}
