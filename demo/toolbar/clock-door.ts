/** The sandbox's clock: the same for the register and for every page that shows its patients. */
import { rememberedShift, rememberShift } from './shift.js';

const door = '/sandbox/clock';

/** Sets the register and the page to a time, and reloads the page so that nothing in it has seen another one. */
export const setClock = async (shift: number): Promise<void> => {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(door, { method: 'POST', headers, body: JSON.stringify({ shift }) });
  if (response.ok && rememberShift(shift)) location.reload();
};

/** Another tab may have set the clock, or the sandbox may have been restarted. */
export const followClock = async (): Promise<void> => {
  const response = await fetch(door);
  if (!response.ok) return;
  const { shift } = (await response.json()) as { shift: number };
  if (shift !== rememberedShift() && rememberShift(shift)) location.reload();
};
