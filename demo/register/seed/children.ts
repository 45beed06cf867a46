import { planTypes } from '../plans.js';
import { several, type Holding } from './holding.js';

const { childProtection, lookedAfter } = planTypes;
const unknownType = { code: '999000051000000107', display: 'Subject to early help plan' };

/** Children and care leavers with a plan, whether or not the register still returns it. */
export const children: readonly Holding[] = [
  {
    nhsNumber: '9995124467',
    covers: 'three plans at two authorities (one ended), 13 earlier accesses: the picture of the design',
    plans: [
      { type: childProtection, authority: 'islington', start: 422 },
      { type: lookedAfter, authority: 'hackney', start: 292 },
      { type: lookedAfter, authority: 'islington', start: 700, end: 314 },
    ],
    seen: [
      [4, '02:51', 'shah'],
      [4, '02:15', 'okafor'],
      [8, '19:20', 'demo-111'],
      [66, '22:40', 'whittaker'],
      [66, '22:05', 'doyle'],
      [66, '21:58', 'santos'],
      [71, '20:12', 'demo-111'],
      [102, '16:35', 'whittaker'],
      [102, '16:02', 'santos'],
      [146, '11:25', 'grant'],
      [215, '23:50', 'whittaker'],
      [215, '23:10', 'doyle'],
      [262, '18:44', 'shah'],
    ],
  },
  {
    nhsNumber: '9996331520',
    covers: 'looked after only, upper-case authority, sibling, 2 earlier accesses',
    plans: [{ type: lookedAfter, authority: 'hackney', start: 292 }],
    seen: [
      [8, '19:41', 'demo-111'],
      [131, '15:20', 'grant'],
    ],
  },
  {
    nhsNumber: '9996878082',
    covers: 'child protection plan, never seen before (0 accesses)',
    plans: [{ type: childProtection, authority: 'islington', start: 75 }],
    seen: [],
  },
  {
    nhsNumber: '9992873604',
    covers: 'child protection plan, seen once (1 access)',
    plans: [{ type: childProtection, authority: 'islington', start: 75 }],
    seen: [[33, '17:48', 'pryce']],
  },
  {
    nhsNumber: '9997034880',
    covers: 'looked after out of area, long authority name, 14 earlier accesses',
    plans: [{ type: lookedAfter, authority: 'bournemouth', start: 510 }],
    seen: [
      [2, '21:17', 'santos'],
      [2, '22:03', 'whittaker'],
      [6, '03:30', 'lyle'],
      [6, '04:12', 'doyle'],
      [19, '19:55', 'demo-111'],
      [19, '22:26', 'santos'],
      [40, '14:05', 'pryce'],
      [88, '23:35', 'control'],
      [89, '00:48', 'okafor'],
      [89, '01:20', 'shah'],
      [140, '18:10', 'poole'],
      [233, '20:33', 'poole'],
      [290, '12:15', 'bournemouthMiu'],
      [410, '09:42', 'poole'],
    ],
  },
  {
    nhsNumber: '9996877442',
    covers: 'two plans at one authority, authority name behind a code, more than 25 accesses',
    plans: [
      { type: childProtection, authority: 'sheffield', start: 160 },
      { type: lookedAfter, authority: 'sheffield', start: 95 },
    ],
    seen: [
      [1, '01:35', 'doyle'],
      [1, '02:20', 'whittaker'],
      [3, '22:15', 'santos'],
      [4, '09:05', 'doyle'],
      [9, '23:42', 'hallam'],
      [10, '00:31', 'stead'],
      ...several('hallam', '21:25', [16, 24, 31, 39, 47, 58, 66, 79, 91, 104]),
      ...several('stead', '22:10', [24, 47, 79, 118, 150]),
      ...several('yorkshire111', '19:32', [12, 31, 55, 83, 121, 170, 240]),
      ...several('demo-111', '18:05', [5, 20]),
    ],
  },
  {
    nhsNumber: '9998817846',
    covers: 'child protection plan recently ended',
    plans: [{ type: childProtection, authority: 'camden', start: 520, end: 60 }],
    seen: [
      [190, '16:45', 'nwOutOfHours'],
      [300, '10:30', 'ward'],
    ],
  },
  {
    nhsNumber: '9992645768',
    covers: 'child protection plan ended beyond the window: none, with earlier accesses',
    plans: [{ type: childProtection, authority: 'camden', start: 900, end: 400 }],
    seen: [
      [120, '13:15', 'pryce'],
      [505, '20:20', 'doyle'],
    ],
  },
  {
    nhsNumber: '9992158085',
    covers: 'child protection plan that starts in the future',
    plans: [{ type: childProtection, authority: 'islington', start: -9 }],
    seen: [
      [3, '20:38', 'doyle'],
      [3, '21:14', 'whittaker'],
    ],
  },
  {
    nhsNumber: '9998791685',
    covers: 'care leaver: adult, looked after until less than 12 months ago',
    plans: [{ type: lookedAfter, authority: 'islington', start: 1400, end: 314 }],
    seen: [
      [17, '03:22', 'okafor'],
      [150, '21:08', 'demo-111'],
    ],
  },
  {
    nhsNumber: '9994336649',
    covers: 'office-hours number missing',
    plans: [{ type: childProtection, authority: 'haringey', start: 33 }],
    seen: [[11, '08:50', 'grant']],
  },
  {
    nhsNumber: '9997954564',
    covers: 'authority whose name nobody recognises',
    plans: [{ type: childProtection, authority: 'unrecognised', start: 210 }],
    seen: [[90, '17:17', 'pryce']],
  },
  {
    nhsNumber: '9999814409',
    covers: 'plan type with an unknown code',
    plans: [{ type: unknownType, authority: 'camden', start: 120 }],
    seen: [[58, '19:02', 'nwOutOfHours']],
  },
  {
    nhsNumber: '9999438725',
    covers: 'out of area, authority in upper case, seen there and here',
    plans: [{ type: childProtection, authority: 'manchester', start: 330 }],
    seen: [
      [7, '12:44', 'santos'],
      [200, '18:29', 'manchester'],
    ],
  },
  {
    nhsNumber: '9991080961',
    covers: 'looked after ended, still just inside the window',
    plans: [{ type: lookedAfter, authority: 'camden', start: 1000, end: 350 }],
    seen: [],
  },
  {
    nhsNumber: '9997932803',
    covers: 'looked after ended beyond the window: none, never seen',
    plans: [{ type: lookedAfter, authority: 'camden', start: 1100, end: 372 }],
    seen: [],
  },
  {
    nhsNumber: '9994716808',
    covers: 'second child protection plan at the authority of the first, which has ended',
    plans: [
      { type: childProtection, authority: 'islington', start: 610, end: 250 },
      { type: childProtection, authority: 'islington', start: 46 },
    ],
    seen: [
      [26, '16:11', 'doyle'],
      [26, '16:58', 'whittaker'],
      [27, '19:30', 'demo-111'],
      [44, '20:03', 'santos'],
    ],
  },
  {
    nhsNumber: '9991136649',
    covers: 'twin out of area, authority written as its council writes it, returned within 12 hours',
    plans: [{ type: childProtection, authority: 'surrey', start: 140 }],
    seen: [
      [14, '06:55', 'guildford'],
      [14, '15:40', 'santos'],
      [14, '16:20', 'whittaker'],
    ],
  },
  {
    nhsNumber: '9996945286',
    covers: 'twin with the same plan, never seen',
    plans: [{ type: childProtection, authority: 'surrey', start: 140 }],
    seen: [],
  },
  {
    nhsNumber: '9999205763',
    covers: 'long name, looked after out of area and a plan that is not returned any more',
    plans: [
      { type: lookedAfter, authority: 'bournemouth', start: 1300 },
      { type: childProtection, authority: 'bournemouth', start: 2000, end: 1300 },
    ],
    seen: [
      [70, '13:05', 'control'],
      [70, '14:20', 'iqbal'],
    ],
  },
];
