import type { Story } from './story.js';

/** Under four weeks. */
export const newborns: readonly Story[] = [
  {
    area: 'Paediatrics',
    complaint: 'Jaundice, feeding less than yesterday',
    triage: 2,
    waited: 68,
    came: 'Brought by mother, sent by community midwife',
    note: 'Yellow to the abdomen since this morning. Woken for feeds, latches for a few minutes. Four wet nappies in 24 hours. Handles well, fontanelle flat.',
    observations: { breaths: 44, oxygen: 98, pulse: 138, temperature: 36.7 },
    orders: [
      ['Serum bilirubin', 'Result back'],
      ['Weight, compared with birth weight', 'Done'],
      ['Feeding observed by infant feeding team', 'Requested'],
    ],
    seen: 'Well perfused, alert when woken. Bilirubin below the treatment line. Plan: feeding support, repeat level in 12 hours.',
  },
  {
    area: 'Paediatrics',
    complaint: 'Newborn check: born at home before the midwife came',
    triage: 3,
    waited: 22,
    came: 'Ambulance, with mother',
    note: 'Cried at once, no resuscitation needed. Skin to skin on the way in. Cord clamped by the ambulance crew. First feed taken.',
    observations: { breaths: 46, oxygen: 97, pulse: 142, temperature: 36.4 },
    orders: [
      ['Newborn physical examination', 'Requested'],
      ['Blood glucose', 'Done'],
      ['Vitamin K, consent to be asked', 'Requested'],
    ],
  },
];

/** Four weeks to two years. */
export const infants: readonly Story[] = [
  {
    area: 'Paediatrics',
    complaint: 'Fever and rash, 18 hours',
    triage: 3,
    waited: 94,
    came: 'Brought by mother and grandmother',
    note: 'Hot since last night. Fine pink rash on the trunk, blanches on pressure. Drinking, two wet nappies this morning. Paracetamol at home two hours ago.',
    observations: { breaths: 34, oxygen: 98, pulse: 148, temperature: 38.4 },
    orders: [
      ['Urine, clean catch', 'In progress'],
      ['Ibuprofen 100 mg by mouth', 'Given'],
    ],
    seen: 'Alert, plays with a toy. Ears and throat red, chest clear. Likely viral. Plan: urine result, then review.',
  },
  {
    area: 'Paediatrics',
    complaint: 'Vomiting and loose stools, two days',
    triage: 3,
    waited: 51,
    came: 'Brought by father',
    note: 'Six vomits today, none bloody or green. Taking small sips. Slightly dry lips, cries with tears.',
    observations: { breaths: 38, oxygen: 99, pulse: 151, temperature: 37.6 },
    orders: [
      ['Oral rehydration, 5 ml every five minutes', 'In progress'],
      ['Weight', 'Done'],
    ],
  },
  {
    area: 'Paediatrics',
    complaint: 'Cough and fast breathing',
    triage: 2,
    waited: 43,
    came: 'Brought by mother, with a twin who is also unwell',
    note: 'Third day of a cold, faster breathing since the night. Mild tug and recession. Half of usual feeds.',
    observations: { breaths: 48, oxygen: 94, pulse: 156, temperature: 37.9 },
    orders: [
      ['Nasal suction and feed trial', 'Done'],
      ['Respiratory virus swab', 'Requested'],
    ],
    seen: 'Widespread fine crackles, no apnoea. Bronchiolitis, day 3. Plan: observe two feeds, oxygen if under 92%.',
  },
  {
    area: 'Paediatrics',
    complaint: 'Cough, blocked nose',
    triage: 4,
    waited: 41,
    came: 'Brought by mother, with a twin who is also unwell',
    note: 'Second day of a cold. No work of breathing. Feeds a little less than usual, wet nappies as usual.',
    observations: { breaths: 36, oxygen: 97, pulse: 134, temperature: 37.4 },
    orders: [['Feed observed', 'Requested']],
  },
];
