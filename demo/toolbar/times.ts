/** The times of the toolbar's list, as clocks in London show them. */
export const times: readonly (readonly [name: string, at: string])[] = [
  ['Friday 16:59, the office about to close', '2026-11-20T16:59'],
  ['Sunday evening 21:42', '2026-11-22T21:42'],
  ['Monday morning 10:05', '2026-11-23T10:05'],
  ['Bank holiday Monday 10:30', '2026-12-28T10:30'],
  ['Clocks about to go back, Sunday 01:58', '2026-10-25T01:58'],
  ['Clocks about to go forward, Sunday 00:58', '2027-03-28T00:58'],
];
