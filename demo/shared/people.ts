/**
 * The invented people of the demo: those on the ED's board and in the sandbox register's demographics. Nothing here
 * says who is known to social care; only the register does. Pure, for both the browser and Node.
 *
 * NHS numbers are test numbers (999 000 0000 to 999 999 9999) that pass the modulus 11 check.
 */
export interface Person {
  nhsNumber: string;
  familyName: string;
  givenName: string;
  /** YYYY-MM-DD */
  birthDate: string;
  gender: 'female' | 'male';
  /** What a clinician would know from their own record. */
  note?: string;
}

/** Years, months and days. */
type Age = readonly [years: number, months: number, days: number];

/**
 * Everyone. Birth dates are counted back from today, so ages never change.
 * @param today YYYY-MM-DD, the day in London from which ages are counted back
 */
export const people = (today: string): readonly Person[] => {
  const person = (
    nhsNumber: string,
    familyName: string,
    givenName: string,
    gender: Person['gender'],
    age: Age,
    note?: string,
  ): Person => {
    const who = { nhsNumber, familyName, givenName, birthDate: countBack(today, age), gender };
    return note === undefined ? who : { ...who, note };
  };
  return [
    person('9995124467', 'Hassan', 'Aaliyah', 'female', [7, 3, 12], 'Brother: Yusuf Hassan'),
    person('9996331520', 'Hassan', 'Yusuf', 'male', [4, 1, 3], 'Sister: Aaliyah Hassan'),
    person('9996878082', 'Bennett', 'Oliver', 'male', [9, 8, 20], 'Sister: Grace Bennett'),
    person('9992873604', 'Bennett', 'Grace', 'female', [5, 5, 9], 'Brother: Oliver Bennett'),
    person('9997034880', 'Brooks', 'Kayden', 'male', [13, 2, 27]),
    person('9996877442', 'Morgan', 'Tyler', 'male', [15, 10, 1]),
    person('9998817846', 'Kowalska', 'Zofia', 'female', [3, 6, 14], 'Brother: Mateusz Kowalski'),
    person('9992645768', 'Kowalski', 'Mateusz', 'male', [6, 11, 5], 'Sister: Zofia Kowalska'),
    person('9992158085', 'Campbell', 'Noah', 'male', [10, 4, 18]),
    person('9990633606', 'Roberts', 'Chloe', 'female', [27, 7, 2], 'Gave birth two days ago'),
    person('9997661443', 'Roberts', 'baby', 'female', [0, 0, 2], 'Newborn, not yet named. Mother: Chloe Roberts'),
    person('9997064968', 'Begum', 'Sadia', 'female', [31, 0, 21], 'Pregnant, 31 weeks'),
    person('9993338249', 'Williams', 'Shanice', 'female', [16, 5, 25], 'Pregnant, 24 weeks'),
    person('9998791685', 'Fletcher', 'Jordan', 'male', [19, 1, 11]),
    person('9994336649', 'Clarke', 'Amelia', 'female', [2, 3, 6]),
    person('9997954564', 'Mensah', 'Isaac', 'male', [8, 9, 30]),
    person('9999814409', 'Lindqvist', 'Freya', 'female', [11, 6, 8]),
    person('9999438725', 'Walsh', 'Ethan', 'male', [12, 0, 16]),
    person('9991080961', 'Patel', 'Priya', 'female', [14, 2, 4]),
    person('9997932803', 'Novak', 'Leo', 'male', [6, 1, 19]),
    person('9992811528', 'Davies', 'Harriet', 'female', [5, 0, 28]),
    person('9997987209', 'Adeyemi', 'Samuel', 'male', [1, 4, 10]),
    person('9990184321', 'Chen', 'Wei', 'male', [34, 8, 7]),
    person('9992915846', 'Khan', 'Maryam', 'female', [29, 3, 15], 'Pregnant, 38 weeks'),
    person('9992426241', 'Thompson', 'Jack', 'male', [17, 6, 23]),
    person('9997564804', 'Silva', 'Rosa', 'female', [0, 7, 13]),
    person('9994716808', "O'Connor", 'Finley', 'male', [9, 1, 17]),
    person('9992152966', 'Okonkwo', 'Ngozi', 'female', [24, 10, 22], 'Gave birth today'),
    person('9992727047', 'Okonkwo', 'baby', 'male', [0, 0, 0], 'Newborn, not yet named. Mother: Ngozi Okonkwo'),
    person('9991136649', 'Turner', 'Lily-Mae', 'female', [1, 8, 9], 'Twin brother: Alfie Turner'),
    person('9996945286', 'Turner', 'Alfie', 'male', [1, 8, 9], 'Twin sister: Lily-Mae Turner'),
    person('9999205763', 'Wojciechowska-Featherstone', 'Anastasia-Maria', 'female', [17, 9, 1]),
    person('9995857286', 'Whitfield', 'Dorothy', 'female', [82, 5, 3]),
    person('9992382082', 'Rahman', 'Mohammed', 'male', [45, 2, 29]),
  ];
};

/**
 * Takes off years and months first, staying inside the month (31 March less a month is 28 or 29 February), then days.
 */
const countBack = (today: string, [years, months, days]: Age): string => {
  const [year = NaN, month = NaN, day = NaN] = today.split('-').map(Number);
  const monthIndex = month - 1 - months - 12 * years;
  const lastDay = new Date(Date.UTC(year, monthIndex + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, monthIndex, Math.min(day, lastDay) - days)).toISOString().slice(0, 10);
};
