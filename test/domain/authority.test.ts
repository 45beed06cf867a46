import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { areaOf, authorityName, recogniseAuthority, unrecognisedHomeAuthorities } from '../../src/domain/authority.js';

/** GSS code, short name, official name. Source: mySociety, uk_local_authority_names_and_codes (MIT). */
const all = readFileSync(new URL('../fixtures/childrens-services-authorities.psv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split('|') as [gss: string, short: string, official: string]);

describe('authority: all 153', () => {
  it('are 153', () => expect(all).to.have.length(153));

  const shapes: Record<string, (short: string, official: string) => string> = {
    'its short name': (short) => short,
    'its official name': (_, official) => official,
    'its short name, upper case': (short) => short.toUpperCase(),
    'its official name, upper case': (_, official) => official.toUpperCase(),
    'its short name, lower case': (short) => short.toLowerCase(),
    'a prefix and its short name': (short) => `XYZ1 - ${short}`,
    'a prefix and its official name, upper case': (_, official) => `XYZ1 - ${official.toUpperCase()}`,
    '"… Local Authority"': (short) => `${short} Local Authority`,
    '"… Council"': (short) => `${short} Council`,
    '"… LA"': (short) => `${short} LA`,
    '"… Children’s Services"': (short) => `${short} Children’s Services`,
    '& for and': (short) => short.replaceAll(' and ', ' & '),
    'spaces for hyphens, none for full stops': (short) => short.replaceAll('-', ' ').replaceAll('.', ''),
    'what a person reads': (short) => authorityName(short),
  };
  for (const [shape, write] of Object.entries(shapes)) {
    it(`recognised by ${shape}`, () => {
      for (const [gss, short, official] of all) {
        const raw = write(short, official);
        expect(recogniseAuthority(raw)?.gss, raw).to.equal(gss);
      }
    });
  }

  it('recognised by GSS code', () => {
    for (const [gss] of all) expect(recogniseAuthority(gss)?.gss).to.equal(gss);
  });

  it('read as their short name, two of them mended', () => {
    const mended = new Map([
      ['Dorset Council', 'Dorset'],
      ['City of Bristol', 'Bristol'],
    ]);
    for (const [, short, official] of all) {
      expect(authorityName(official.toUpperCase())).to.equal(mended.get(short) ?? short);
    }
  });

  it('a name with an added, missing or changed word is not recognised as another', () => {
    const someone = fc.constantFrom(...all);
    const word = fc.constantFrom(
      'North',
      'South',
      'East',
      'West',
      'Upper',
      'New',
      'Greater',
      'Parish',
      'Town',
      'District',
    );
    fc.assert(
      fc.property(someone, word, fc.boolean(), ([, short], extra, front) => {
        const raw = front ? `${extra} ${short}` : `${short} ${extra}`;
        const found = recogniseAuthority(raw);
        // "North Somerset" is an authority. Otherwise the longer name is nobody's.
        if (found) expect(found.name).to.equal(raw);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(someone, fc.nat(30), fc.constantFrom(...'abcxyz'), ([, short], at, letter) => {
        const raw = short.slice(0, at) + letter + short.slice(at + 1);
        const found = recogniseAuthority(raw);
        if (found) expect(found.name.toLowerCase()).to.equal(authorityName(raw).toLowerCase());
      }),
      { numRuns: 2000 },
    );
  });
});

describe('authority: hazards', () => {
  const same: [raw: string, gss: string, name: string][] = [
    ['SFD1 - SHEFFIELD CITY COUNCIL', 'E08000019', 'Sheffield'],
    ['SHEFFIELD CITY COUNCIL', 'E08000019', 'Sheffield'],
    ['SFD1-SHEFFIELD CITY COUNCIL', 'E08000019', 'Sheffield'],
    ['Islington Local Authority', 'E09000019', 'Islington'],
    ['LONDON BOROUGH OF ISLINGTON COUNCIL', 'E09000019', 'Islington'],
    ['LB Islington', 'E09000019', 'Islington'],
    ['(Islington)', 'E09000019', 'Islington'],
    ['Islington Council.', 'E09000019', 'Islington'],
    ['The London Borough of Islington', 'E09000019', 'Islington'],
    ['Islington London Borough Council', 'E09000019', 'Islington'],
    ['Derby', 'E06000015', 'Derby'],
    ['Derby City Council', 'E06000015', 'Derby'],
    ['Derbyshire', 'E10000007', 'Derbyshire'],
    ['Derbyshire County Council', 'E10000007', 'Derbyshire'],
    ['Nottingham Council', 'E06000018', 'Nottingham'],
    ['NOTTINGHAMSHIRE COUNTY', 'E10000024', 'Nottinghamshire'],
    ['City of Leicester', 'E06000016', 'Leicester'],
    ['Leicestershire', 'E10000018', 'Leicestershire'],
    ['Hull City Council', 'E06000010', 'Kingston upon Hull'],
    ['Hull', 'E06000010', 'Kingston upon Hull'],
    ['KINGSTON-UPON-HULL CITY COUNCIL', 'E06000010', 'Kingston upon Hull'],
    ['Royal Borough of Kingston upon Thames', 'E09000021', 'Kingston upon Thames'],
    ['Kingston Upon Thames', 'E09000021', 'Kingston upon Thames'],
    ['City of London', 'E09000001', 'City of London'],
    ['CITY OF LONDON CORPORATION', 'E09000001', 'City of London'],
    ['Cheshire East', 'E06000049', 'Cheshire East'],
    ['Cheshire West & Chester', 'E06000050', 'Cheshire West and Chester'],
    ['North Somerset', 'E06000024', 'North Somerset'],
    ['NORTH - SOMERSET', 'E06000024', 'North Somerset'],
    ['Somerset', 'E06000066', 'Somerset'],
    ['Bath & North East Somerset', 'E06000022', 'Bath and North East Somerset'],
    ['Newcastle City Council', 'E08000021', 'Newcastle upon Tyne'],
    ['NEWCASTLE UPON TYNE CITY COUNCIL', 'E08000021', 'Newcastle upon Tyne'],
    ['St. Helens', 'E08000013', 'St. Helens'],
    ['ST HELENS', 'E08000013', 'St. Helens'],
    ['St.Helens Metropolitan Borough Council', 'E08000013', 'St. Helens'],
    ['Saint Helens', 'E08000013', 'St. Helens'],
    ['Durham County Council', 'E06000047', 'County Durham'],
    ['City of York Council', 'E06000014', 'York'],
    ['Bristol', 'E06000023', 'Bristol'],
    ['Bristol City Council', 'E06000023', 'Bristol'],
    ['City of Bristol', 'E06000023', 'Bristol'],
    ['Bristol, City of', 'E06000023', 'Bristol'],
    ['HEREFORDSHIRE, COUNTY OF', 'E06000019', 'Herefordshire'],
    ['Kingston upon Hull, City of', 'E06000010', 'Kingston upon Hull'],
    ['BCP Council', 'E06000058', 'Bournemouth, Christchurch and Poole'],
    ['Dorset', 'E06000059', 'Dorset'],
    ['Borough of Halton', 'E06000006', 'Halton'],
    ['BARNSLEY MBC', 'E08000016', 'Barnsley'],
    ['Westminster City Council', 'E09000033', 'Westminster'],
    ['Bournemouth Christchurch & Poole Council', 'E06000058', 'Bournemouth, Christchurch and Poole'],
    ['Rutland County Council', 'E06000017', 'Rutland'],
    ['  e08000019 ', 'E08000019', 'Sheffield'],
  ];
  for (const [raw, gss, name] of same) {
    it(`"${raw}" is ${name}`, () => {
      expect(recogniseAuthority(raw)).to.deep.equal({ gss, name });
      expect(authorityName(raw)).to.equal(name);
    });
  }

  const nobody = [
    '', ' ', '-', 'Council', 'Local Authority', 'London', 'London Council', 'City of', 'Kingston', 'Royal Borough of Kingston',
    'Richmond', 'Newcastle', 'Newcastle-under-Lyme', 'Newcastle-under-Lyme Borough Council', 'Cheshire', 'Cheshire West',
    'Derby County Council', 'Nottingham County Council', 'Leicester County Council', 'York County Council',
    'Derbyshire City Council', 'Nottinghamshire Borough Council', 'City of Kent', 'City of Kent County Council',
    'London Borough of Manchester', 'LB Manchester', 'LB of Manchester', 'Islington Metropolitan Borough Council', 'City of Durham', 'Durham City Council',
    'Cardiff', 'Cardiff Council', 'City of Cardiff', 'Glasgow City Council', 'Newport', 'Belfast', 'Isle of Man',
    'Sheffiel', 'Sheffield2', 'Sheffield and Rotherham', 'Sheffield Children NHS Foundation Trust', 'Greater Manchester',
    'North Dorset District Council', 'South Derbyshire District Council', 'West Lancashire',
    'North SFD1 - Somerset', 'Stoke-on-the-Trent', 'E08000000', 'E0800001', 'City of E08000019', 'E08000019E', 'constructor', '__proto__', 'undefined', 'Not recorded',
  ]; // prettier-ignore
  for (const raw of nobody) {
    it(`"${raw}" is not recognised`, () => expect(recogniseAuthority(raw)).to.equal(undefined));
  }

  const read: [raw: string, name: string][] = [
    ['CDF1 - CARDIFF COUNCIL', 'Cardiff Council'],
    ['NEWCASTLE-UNDER-LYME', 'Newcastle-under-Lyme'],
    ['  VALE   OF\tGLAMORGAN ', 'Vale of Glamorgan'],
    ['THE HIGHLAND COUNCIL AND ISLES', 'The Highland Council and Isles'],
    ['SOMEWHERE NHS TRUST', 'Somewhere NHS Trust'],
    ['CARDIFF LA', 'Cardiff LA'],
    ["KING'S LYNN", "King's Lynn"],
    ['YNYS MÔN', 'Ynys Môn'],
    ['RBKC', 'RBKC'],
    ['B&NES', 'B&NES'],
    ['RBK&C', 'RBK&C'],
    ['LBHF CHILDREN & FAMILIES', 'LBHF Children & Families'],
    ['ST SOMEWHERE', 'St Somewhere'],
    ['SHROPSHIRE&TELFORD', 'Shropshire&telford'],
    ['ANGELA HOUSE, NORTH LAKES', 'Angela House, North Lakes'],
    ['HOMES ONWARD', 'Homes Onward'],
    ['CARDIFF CDF1 - COUNCIL', 'Cardiff Cdf1 - Council'],
    ['Cardiff COUNCIL', 'Cardiff COUNCIL'],
    ['cardiff', 'cardiff'],
    ['SFD1 - ', 'Sfd1 -'],
    ['', ''],
  ];
  for (const [raw, name] of read) {
    it(`"${raw}" reads "${name}"`, () => expect(authorityName(raw)).to.equal(name));
  }

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (raw, home) => {
        authorityName(raw);
        areaOf(raw, home);
      }),
    );
  });
});

describe('authority: area', () => {
  const table: [raw: string, home: string, area: string][] = [
    ['Islington Local Authority', 'Islington', 'home'],
    ['LONDON BOROUGH OF ISLINGTON', 'Camden; E09000019', 'home'],
    ['Bournemouth, Christchurch and Poole', 'Bournemouth, Christchurch and Poole;Dorset', 'home'],
    ['Hackney', 'Islington;Camden', 'out-of-area'],
    ['Derby', 'Derbyshire', 'out-of-area'],
    ['Cardiff', 'Islington', 'not-recognised'],
    ['', 'Islington', 'not-recognised'],
    ['Hackney', 'Islington;Hackny', 'not-recognised'], // the mistyped one may be Hackney
    ['Islington', 'Hackny;Islington', 'home'],
    ['Hackney', 'Kingston', 'not-recognised'],
    ['Hackney', '', 'no-claim'],
    ['Hackney', ' ; ;; ', 'no-claim'],
    ['Cardiff', '', 'no-claim'],
    ['Hackney', 'Islington;', 'out-of-area'],
  ];
  for (const [raw, home, area] of table) {
    it(`"${raw}" seen from "${home}" is ${area}`, () => expect(areaOf(raw, home)).to.equal(area));
  }

  it('is home or out of area only between recognised authorities', () => {
    const gss = fc.constantFrom(...all.map(([code]) => code));
    fc.assert(
      fc.property(gss, fc.array(gss, { minLength: 1 }), (one, home) => {
        expect(areaOf(one, home.join(';'))).to.equal(home.includes(one) ? 'home' : 'out-of-area');
      }),
    );
  });

  it('tells a developer which home authorities are unknown', () => {
    expect(unrecognisedHomeAuthorities(' Hackny ; Islington; Cardiff;')).to.deep.equal(['Hackny', 'Cardiff']);
    expect(unrecognisedHomeAuthorities('')).to.deep.equal([]);
  });
});
