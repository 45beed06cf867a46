import { planTypes } from '../plans.js';
import type { Holding } from './holding.js';

const { childProtection, lookedAfter, unborn } = planTypes;

/**
 * Unborn children's plans stand on the mother's record until birth; then the authority ends that plan and starts one
 * on the baby's (PG9 section 3).
 */
export const unbornAndNewborn: readonly Holding[] = [
  {
    nhsNumber: '9990633606',
    covers: "unborn plan ended at birth, on the mother's record (adult)",
    plans: [{ type: unborn, authority: 'islington', start: 81, end: 1 }],
    seen: [
      [2, '04:10', 'asher'],
      [45, '11:50', 'asher'],
    ],
  },
  {
    nhsNumber: '9997661443',
    covers: 'newborn "baby ROBERTS" with a plan of their own',
    plans: [{ type: childProtection, authority: 'islington', start: 1 }],
    seen: [[1, '10:05', 'ward']],
  },
  {
    nhsNumber: '9997064968',
    covers: "unborn plan on an adult's record",
    plans: [{ type: unborn, authority: 'islington', start: 51 }],
    seen: [
      [12, '14:22', 'asher'],
      [13, '23:05', 'santos'],
      [37, '09:40', 'nwosu'],
    ],
  },
  {
    nhsNumber: '9993338249',
    covers: 'pregnant teenager: own plan and an unborn plan, at two authorities',
    plans: [
      { type: lookedAfter, authority: 'hackney', start: 800 },
      { type: unborn, authority: 'islington', start: 28 },
    ],
    seen: [
      [5, '15:33', 'asher'],
      [22, '22:50', 'iqbal'],
      [22, '22:12', 'grant'],
      [64, '01:05', 'lyle'],
    ],
  },
  {
    nhsNumber: '9992152966',
    covers: 'unborn plan still on the mother although the baby is born',
    plans: [{ type: unborn, authority: 'hackney', start: 70 }],
    seen: [
      [1, '05:15', 'nwosu'],
      [20, '16:25', 'nwosu'],
    ],
  },
];
