import { accesses, careTeam, nhsNumber, planCodes, searchSet } from '../../fixtures/bundles.js';

const snomed = 'http://snomed.info/sct';

/** One plan with the string for everything about the authority. */
const plan = (text: string, code: string, end?: string): Record<string, unknown> => ({
  ...careTeam({ code, name: text, office: text, emergency: text, ...(end === undefined ? {} : { end }) }),
  category: [{ coding: [{ system: snomed, code, display: text }], text }],
  subject: { identifier: { system: 'https://fhir.nhs.uk/Id/nhs-number', value: nhsNumber }, display: text },
});

/** The register's answers with the string in every field that is shown, and in every neighbouring field that is not. */
export const answersWith = (text: string): Record<'one' | 'many' | 'visits', object> => ({
  one: searchSet('CareTeam', [plan(text, planCodes['child-protection'])]),
  many: searchSet('CareTeam', [
    plan(text, planCodes['child-protection']),
    plan(text, planCodes['looked-after']),
    plan(text, planCodes['looked-after'], '2026-03-01'),
    plan(text, planCodes.unborn),
    // An unknown code, and a text without a code.
    plan(text, text),
    { ...careTeam({ name: 'LONDON BOROUGH OF HACKNEY' }), category: [{ text }] },
    // Dates that are not dates.
    { ...careTeam({ name: 'Camden', start: text, end: text }), id: text },
  ]),
  visits: withDevice(
    text,
    accesses([
      { at: '2026-01-03T10:00:00Z', viewer: text, role: text, place: text },
      { at: '2026-01-01T10:00:00Z', viewer: text, role: text, place: 'NHS 111' },
    ]),
  ),
});

/** A viewer with only a name, and with an invalid time. */
function withDevice(text: string, bundle: Record<string, unknown>): object {
  const [first, ...others] = bundle['entry'] as { resource: Record<string, unknown> }[];
  const device = structuredClone(first) as { resource: { recorded: string; agent: { who: object }[] } };
  device.resource.recorded = '2026-01-02T10:00:00Z';
  for (const agent of device.resource.agent.slice(1)) agent.who = { display: text };
  const timeless = structuredClone(first) as { resource: { recorded: string } };
  timeless.resource.recorded = text;
  return { ...bundle, total: 4, entry: [first, device, timeless, ...others] };
}
