import type { Holding } from './holding.js';

/**
 * People about whom no authority has told the register anything. An access is still recorded for those who were looked
 * up.
 */
export const notHeld: readonly Holding[] = [
  { nhsNumber: '9992811528', covers: 'no record, never seen', plans: [], seen: [] },
  { nhsNumber: '9997987209', covers: 'no record, never seen: toddler', plans: [], seen: [] },
  { nhsNumber: '9990184321', covers: 'no record, never seen: adult', plans: [], seen: [] },
  {
    nhsNumber: '9992915846',
    covers: 'no record: pregnant adult, earlier access',
    plans: [],
    seen: [[10, '10:15', 'asher']],
  },
  {
    nhsNumber: '9992426241',
    covers: 'no record, 3 earlier accesses',
    plans: [],
    seen: [
      [18, '00:40', 'lyle'],
      [18, '01:25', 'doyle'],
      [205, '19:11', 'demo-111'],
    ],
  },
  {
    nhsNumber: '9997564804',
    covers: 'no record: infant with many earlier accesses',
    plans: [],
    seen: [
      [5, '23:58', 'nwOutOfHours'],
      [6, '02:35', 'santos'],
      [21, '11:20', 'ward'],
      [22, '20:47', 'demo-111'],
      [52, '18:30', 'pryce'],
      [93, '03:14', 'lyle'],
    ],
  },
  {
    nhsNumber: '9992727047',
    covers: "no record yet: newborn whose plan is on the mother's record",
    plans: [],
    seen: [],
  },
  { nhsNumber: '9995857286', covers: 'no record: older adult', plans: [], seen: [] },
  { nhsNumber: '9992382082', covers: 'no record: adult', plans: [], seen: [] },
];
