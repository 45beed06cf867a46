/**
 * The canaries of every suite: what belongs to an invented person, service or authority, and must never be found
 * outside memory and the screen (safety rule 7). Pure, for both the browser and Node.
 */

/** Everyone in the demo, its staff and the fixtures, each by a word that occurs nowhere else. */
const people =
  'Aaliyah|Yusuf|Hassan|Bennett|Kayden|Brooks|Kowalsk[ai]|Zofia|Mateusz|Campbell|Chloe|Begum|Sadia|Shanice|Fletcher|' +
  'Mensah|Lindqvist|Priya|Novak|Adeyemi|Maryam|Okonkwo|Ngozi|Finley|Lily-Mae|Wojciechowska|Whitfield|Rahman|' +
  'Melanie JONES|Paula PALMER|Okafor|Amira|Doyle|Whittaker|Santos|Yvonne|Iqbal|Pryce|Lyle|Langley|Asher|Nwosu|' +
  'Barton|Hallam|Stead|Coombes|Trevett|Anwar|Penrose|Hannah LEWIS|Mehta|Asante|Mackenzie|Oakley|Fenwick|Kamara|' +
  'Petra HOLM|Callum REID|Nasser|Byrne|Kwame ADU|Keane|Marta RUIZ|Achebe|Morgan, Tyler|Tyler MORGAN|Roberts|' +
  'Williams|Amelia|Clarke|Ethan|Walsh|Patel|Davies|Khan|Thompson|Rosa SILVA|O.Connor|Turner|Alfie|Wei CHEN|Grant';
const authorities =
  'Islington|Hackney|Camden|Haringey|Sheffield|Manchester|Bournemouth|Surrey|Northmarch|Narnia|' +
  'Whittington|Royal London|Homerton|Northern General|Royal Manchester|Royal Surrey|Poole|Swanage';
const names = new RegExp(`\\b(?:${people}|${authorities})\\b`, 'gi');

/** A ten-digit number, however it is spaced. */
const tenDigits = /(?<!\d)\d{3}[ \u00a0-]?\d{3}[ \u00a0-]?\d{4}(?!\d)/g;
/** The ranges that Ofcom keeps for drama, with everything before and between the digits left out. */
const phones = /(?:1632960|2079460|113496|114496|161496|7700900)\d{3,4}/g;
/** A hash or a UUID: its digits may by chance be those of a number. */
const randomHex = /\b(?=[\d-]*[a-f])(?:[\da-f]{32,}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\b/gi;

const isTestNumber = (digits: string): boolean => {
  const sum = [...digits.slice(0, 9)].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0);
  return digits.startsWith('999') && (11 - (sum % 11)) % 11 === Number(digits[9]);
};

/** Every canary in a text, as it is written there. */
export function canariesIn(text: string): readonly string[] {
  const plain = unescaped(text).replace(randomHex, '');
  const close = plain.replace(/(?<=\d)[\s()-]+(?=\d)/g, '');
  return [
    ...(plain.match(tenDigits) ?? []).filter((found) => isTestNumber(found.replace(/\D/g, ''))),
    ...(plain.match(names) ?? []),
    ...(close.match(phones) ?? []),
  ];
}

/** The text as a person would read it: an address's %20 are spaces. */
const unescaped = (text: string): string =>
  text.replace(/(?:%[\da-f]{2})+/gi, (codes) => {
    try {
      return decodeURIComponent(codes);
    } catch {
      return codes;
    }
  });
