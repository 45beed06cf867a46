import { expect } from 'chai';

import { parseCareTeams, type PlansRead } from '../../src/register/parse-care-team.js';
import { parsePatientFlags } from '../../src/register/parse-patient-flags.js';
import { careTeam, flagBundle, flagged, nhsNumber, searchSet } from '../fixtures/bundles.js';

const wire = (body: unknown): unknown => JSON.parse(JSON.stringify(body));

/** `child-protection`, `unrecognised (status: draft), incomplete`, or why there is nothing. */
function said(read: PlansRead): string {
  if (read.kind !== 'held') return read.kind === 'none' ? 'none' : read.reason;
  const plans = read.plans.map(({ kind, code }) => (code === undefined ? kind : `${kind} (${code})`));
  return [plans.join(' + '), ...(read.incomplete ? ['incomplete'] : [])].join(', ');
}

const ordinary = 'child-protection';
const altered = (says: string): string => `unrecognised (${says}), incomplete`;
const anExtension = [{ url: 'https://example.org/refuted', valueBoolean: true }];

describe('what changes the meaning of a resource is read (FHIR R4, isModifier)', () => {
  const teams: readonly [what: string, more: object, says: string][] = [
    ['no status', {}, ordinary],
    ['active', { status: 'active' }, ordinary],
    ['inactive, and no end', { status: 'inactive' }, altered('status: inactive')],
    ['inactive, and its end', { status: 'inactive', period: { start: '2025-01-01', end: '2026-01-01' } }, ordinary],
    ['suspended', { status: 'suspended' }, altered('status: suspended')],
    ['proposed', { status: 'proposed' }, altered('status: proposed')],
    ['a status that is not known', { status: 'refuted' }, altered('status: refuted')],
    ['a status in capitals', { status: 'ACTIVE' }, altered('status: ACTIVE')],
    ['a status that is no text', { status: 5 }, altered('status')],
    ['status null', { status: null }, altered('status')],
    ['entered in error', { status: 'entered-in-error' }, 'unreadable'],
    ['a modifier extension', { modifierExtension: anExtension }, altered('modified')],
    ['no modifier extension in the list', { modifierExtension: [] }, ordinary],
    [
      'a modifier extension far within',
      { participant: [{ member: { modifierExtension: anExtension } }] },
      altered('modified'),
    ],
    ['a modifier extension that is no list', { modifierExtension: {} }, altered('modified')],
    ['rules of its own', { implicitRules: 'https://example.org/rules' }, altered('modified')],
    ['an extension', { extension: anExtension }, ordinary],
  ];
  for (const [what, more, says] of teams)
    it(`a CareTeam with ${what}: ${says}`, () => {
      expect(said(parseCareTeams(wire(searchSet('CareTeam', [{ ...careTeam(), ...more }])), nhsNumber))).to.equal(says);
    });

  it('one entered in error beside one that is not: the other is listed, and it is said that there may be more', () => {
    const body = searchSet('CareTeam', [{ ...careTeam(), status: 'entered-in-error' }, careTeam()]);
    expect(said(parseCareTeams(wire(body), nhsNumber))).to.equal(`${ordinary}, incomplete`);
  });

  const flags: readonly [what: string, resourceType: string, more: object, says: string][] = [
    ['no more than it has', 'Flag', {}, ordinary],
    ['inactive', 'Flag', { status: 'inactive' }, `${ordinary}, incomplete`],
    ['inactive, and its end', 'Flag', { status: 'inactive', period: { end: '2026-01-01' } }, ordinary],
    ['entered in error', 'Flag', { status: 'entered-in-error' }, `${ordinary}, incomplete`],
    ['a modifier extension', 'Flag', { modifierExtension: anExtension }, `${ordinary}, incomplete`],
    ['active', 'CarePlan', { status: 'active', intent: 'plan' }, ordinary],
    ['an order', 'CarePlan', { intent: 'order' }, ordinary],
    ...['draft', 'on-hold', 'revoked', 'unknown', 'completed'].map((status): [string, string, object, string] => [
      status,
      'CarePlan',
      { status },
      altered(`status: ${status}`),
    ]),
    ['completed, and its end', 'CarePlan', { status: 'completed', period: { end: '2026-01-01' } }, ordinary],
    ['a proposal', 'CarePlan', { intent: 'proposal' }, altered('intent: proposal')],
    ['entered in error', 'CarePlan', { status: 'entered-in-error' }, 'unreadable'],
    ['a modifier extension', 'CarePlan', { modifierExtension: anExtension }, altered('modified')],
  ];
  for (const [what, resourceType, more, says] of flags)
    it(`a ${resourceType} with ${what}: ${says}`, () => {
      const resources = flagged().map((one) => (one['resourceType'] === resourceType ? { ...one, ...more } : one));
      expect(said(parsePatientFlags(wire(flagBundle(...resources)), nhsNumber))).to.equal(says);
    });
});
