/** What the page says about the banners it wants. `<main>` has it as data, with one child for each banner. */
export interface Stage {
  readonly main: HTMLElement;
  readonly base: string;
  readonly setting: string;
  readonly unscheduled: boolean;
  /** One NHS number for each banner, "" = no patient. */
  readonly numbers: readonly string[];
}

export function readStage(): Stage {
  const main = document.querySelector('main');
  if (main === null) throw new Error('The page has no <main>');
  const { base = '', setting = '', numbers = '' } = main.dataset;
  return { main, base, setting, unscheduled: setting === 'emergency-department', numbers: numbers.split(',') };
}

/** How the bench opens a patient, whichever contender shows it. */
export type Open = (banner: number, nhsNumber: string) => void;

export function letBenchOpen(open: Open): void {
  (globalThis as { openPatient?: Open }).openPatient = open;
}
