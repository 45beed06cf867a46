import { expect } from 'chai';

import { parseAuditEvents } from '../../src/register/parse-audit-event.js';
import { parseCareTeams } from '../../src/register/parse-care-team.js';
import { accesses, held, nhsNumber, nhsNumberSystem, none, otherNumber } from '../fixtures/bundles.js';

const whole = 'é'.repeat(300);

/** Every text in what was read. */
const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [value] : value instanceof Object ? Object.values(value).flatMap(textsIn) : [];

describe('a text longer than any name or number: cut, and shown as cut', () => {
  for (const [what, said, read] of [
    ['300 characters are a name', whole, whole],
    ['one more is cut', `${whole}x`, `${whole}…`],
    ['a megabyte is cut', ' la'.repeat(350_000), `${'la '.repeat(100)}…`],
    ['a character of two halves is not cut through', `${whole.slice(1)}👶`, `${whole.slice(1)}…`],
  ] as const)
    it(`${what}: authority and numbers`, () => {
      const answer = parseCareTeams(held({ name: said, office: said, emergency: said }), nhsNumber);
      expect(answer.kind === 'held' && answer.plans[0]).to.include({
        authority: read,
        officePhone: read,
        emergencyPhone: read,
      });
      expect(answer).to.include({ incomplete: said !== whole });
    });

  it('who looked, and where', () => {
    const said = 'x'.repeat(100_000);
    const read = parseAuditEvents(accesses([{ at: '2026-01-01T10:00:00Z', viewer: said, place: said }]), nhsNumber);
    expect(read).to.include({ incomplete: true });
    const texts = textsIn(read);
    expect(texts.filter((text) => text === `${'x'.repeat(300)}…`)).to.have.lengthOf(2);
    expect(texts.filter((text) => text.length > 301)).to.deep.equal([]);
  });

  it('an address is compared as a whole, and never shown', () => {
    const url = (number: string): string =>
      `https://register.example/CareTeam?${'x=y&'.repeat(100)}patient:identifier=${nhsNumberSystem}|${number}`;
    const saying = (number: string): unknown => ({ ...none(), link: [{ relation: 'self', url: url(number) }] });
    expect(parseCareTeams(saying(nhsNumber), nhsNumber).kind).to.equal('none');
    expect(parseCareTeams(saying(otherNumber), nhsNumber).kind).to.equal('failed');
  });
});
