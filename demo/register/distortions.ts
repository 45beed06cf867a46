import { isNhsNumber } from './nhs-number.js';

/** The parts of a searchset that distortions touch. */
interface Bundle {
  link: { relation: string; url: string }[];
  entry?: { resource: Record<string, unknown>; search: { mode: string } }[];
}

type Distortion = (answer: Response) => Promise<Response>;

/** A number that nobody in the demo has. */
const SOMEONE_ELSE = '9990000018';

const withText =
  (change: (text: string) => string, contentType?: string): Distortion =>
  async (answer) => {
    const headers = new Headers(answer.headers);
    if (contentType !== undefined) headers.set('Content-Type', contentType);
    return new Response(change(await answer.text()), { headers });
  };

const withBundle = (change: (bundle: Bundle) => void): Distortion =>
  withText((text) => {
    const bundle = JSON.parse(text) as Bundle;
    change(bundle);
    return JSON.stringify(bundle);
  });

/** Answers with status 200 that a careful reader must not accept as they are. */
export const distort: Readonly<Record<string, Distortion>> = {
  /** JSON that stops in the middle. */
  malformed: withText((text) => text.slice(0, text.length / 2)),
  /** A proxy's own page, such as a hospital network shows to a browser whose session is lost. */
  html: withText(() => '<!doctype html><title>Network sign-in</title><p>Sign in to the network.</p>', 'text/html'),
  /** The whole answer is about another NHS number. */
  'wrong-patient': withText((text) =>
    text.replaceAll(/\b\d{10}\b/g, (digits) => (isNhsNumber(digits) ? SOMEONE_ELSE : digits)),
  ),
  /** There is a second page. */
  'next-link': withBundle(({ link }) => {
    link.push({ relation: 'next', url: link[0]?.url ?? '' });
  }),
  /** The register warns that something is missing from the answer. */
  outcome: withBundle((bundle) => {
    const issue = [{ severity: 'warning', code: 'incomplete' }];
    (bundle.entry ??= []).push({ resource: { resourceType: 'OperationOutcome', issue }, search: { mode: 'outcome' } });
  }),
  /** Plans with nothing but their kind. */
  bare: withBundle(({ entry = [] }) => {
    for (const { resource } of entry)
      for (const field of ['name', 'telecom', 'period']) Reflect.deleteProperty(resource, field);
  }),
};
