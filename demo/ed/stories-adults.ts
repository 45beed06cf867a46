import type { Story } from './story.js';

export const pregnant: readonly Story[] = [
  {
    area: 'Majors',
    complaint: 'Headache and swollen ankles',
    triage: 2,
    waited: 38,
    came: 'Brought by partner, sent by maternity helpline',
    note: 'Frontal headache since last night, spots before the eyes once. Baby moving as usual. No bleeding.',
    observations: { breaths: 18, oxygen: 98, pulse: 92, pressure: '148/94', temperature: 36.7, pain: 5 },
    orders: [
      ['Urine protein', 'Result back'],
      ['Blood count, liver function, urate', 'In progress'],
      ['Obstetric review', 'Requested'],
    ],
    seen: 'Protein ++ in urine, reflexes brisk. Possible pre-eclampsia, obstetric registrar called.',
  },
  {
    area: 'Majors',
    complaint: 'Abdominal pain after a fall on stairs',
    triage: 2,
    waited: 29,
    came: 'Ambulance, alone',
    note: 'Slipped and landed on the left side about an hour ago. Dull pain low in the abdomen. No bleeding, has felt the baby move since.',
    observations: { breaths: 20, oxygen: 98, pulse: 102, pressure: '112/70', temperature: 36.8, pain: 4 },
    orders: [
      ['Fetal heart auscultation', 'Done'],
      ['Blood group and antibodies', 'In progress'],
      ['Maternity unit informed', 'Done'],
    ],
  },
  {
    area: 'Majors',
    complaint: 'Breathless since yesterday',
    triage: 2,
    waited: 62,
    came: 'Brought by mother-in-law',
    note: 'More breathless than usual for the pregnancy, sharp pain on the right when breathing in. Right calf a little swollen.',
    observations: { breaths: 22, oxygen: 95, pulse: 108, pressure: '118/72', temperature: 37.0, pain: 4 },
    orders: [
      ['12-lead ECG', 'Done'],
      ['Chest X-ray, shielded', 'In progress'],
      ['Leg ultrasound', 'Requested'],
    ],
    seen: 'Chest clear. Pulmonary embolism to be ruled out. Treatment-dose heparin started meanwhile.',
  },
];

/** In the days after a birth. */
export const postnatal: readonly Story[] = [
  {
    area: 'Majors',
    complaint: 'Fever and shivering, two days after birth',
    triage: 2,
    waited: 71,
    came: 'Brought by sister, with the baby',
    note: 'Shivering since the early morning. Lower abdomen tender. Bleeding like a period. Breastfeeding.',
    observations: { breaths: 22, oxygen: 97, pulse: 114, pressure: '104/62', temperature: 38.7, pain: 5 },
    orders: [
      ['Sepsis screen and lactate', 'Result back'],
      ['IV antibiotics, first dose', 'Given'],
      ['Obstetric review', 'In progress'],
    ],
    seen: 'Tender uterus, lactate 1.6. Treated as endometritis. For admission to the postnatal ward with baby.',
  },
  {
    area: 'Majors',
    complaint: 'After birth at home, before the midwife came',
    triage: 2,
    waited: 24,
    came: 'Ambulance, with the baby',
    note: 'Quick labour at home. Placenta delivered whole on the way in. Blood loss about 400 ml. Uterus firm.',
    observations: { breaths: 18, oxygen: 98, pulse: 96, pressure: '116/70', temperature: 36.6, pain: 3 },
    orders: [
      ['Maternity unit informed', 'Done'],
      ['Perineal check by midwife', 'Requested'],
      ['Blood count, group and save', 'In progress'],
    ],
  },
];

/** Eighteen to sixty-four years. */
export const adults: readonly Story[] = [
  {
    area: 'Minors',
    complaint: 'Burn to the hand, hot oil',
    triage: 3,
    waited: 54,
    came: 'On foot, alone',
    note: 'Splash at work in a kitchen. Blister 3 × 2 cm on the back of the left hand. Cooled for 20 minutes.',
    observations: { breaths: 16, oxygen: 99, pulse: 84, pressure: '126/78', temperature: 36.6, pain: 6 },
    orders: [
      ['Co-codamol 30/500, two tablets', 'Given'],
      ['Burn dressing, photograph with consent', 'Requested'],
    ],
  },
  {
    area: 'Waiting room',
    complaint: 'Low back pain after lifting',
    triage: 4,
    waited: 147,
    came: 'On foot, alone',
    note: 'Sudden pain at work. Walks slowly. No numbness, passes urine as usual.',
    observations: { breaths: 16, oxygen: 99, pulse: 78, pressure: '132/82', temperature: 36.5, pain: 6 },
    orders: [['Naproxen 500 mg by mouth', 'Given']],
  },
  {
    area: 'Resus',
    complaint: 'Central chest pain, 40 minutes',
    triage: 1,
    waited: 18,
    came: 'Ambulance, wife on the way',
    note: 'Crushing pain into the left arm, sweating. Aspirin and GTN from the crew. Pain 8, now 4.',
    observations: { breaths: 22, oxygen: 95, pulse: 98, pressure: '146/92', temperature: 36.6, pain: 4 },
    orders: [
      ['12-lead ECG', 'Done'],
      ['Troponin, 0 and 1 hour', 'In progress'],
      ['Cardiology on call', 'In progress'],
    ],
    seen: 'ST depression in the lateral leads. Discussed with cardiology, for coronary care.',
  },
];

/** Sixty-five and over. */
export const olderAdults: readonly Story[] = [
  {
    area: 'Majors',
    complaint: 'Fall at home, left hip pain',
    triage: 3,
    waited: 252,
    came: 'Ambulance, neighbour has the keys',
    note: 'Tripped on a rug, on the floor for about an hour. Left leg shorter and turned out. Did not hit the head. On apixaban.',
    observations: { breaths: 18, oxygen: 96, pulse: 88, pressure: '138/76', temperature: 36.1, pain: 7 },
    orders: [
      ['X-ray pelvis and left hip', 'Result back'],
      ['Fascia iliaca block', 'Given'],
      ['Orthogeriatric referral', 'In progress'],
    ],
    seen: 'Displaced neck of femur fracture. For theatre tomorrow, hip fracture pathway started.',
    allergies: 'Trimethoprim (rash)',
  },
];
