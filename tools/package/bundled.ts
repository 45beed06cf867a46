import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package of which at least one line is in our scripts. */
export interface Bundled {
  readonly name: string;
  readonly version: string;
  /** An SPDX identifier. */
  readonly license: string;
  readonly licenceText: string;
  /** The lockfile's hash of the archive it came from: `sha512-…`. */
  readonly integrity: string;
}

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly description: string;
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** A licence in a file of its own, or at the end of the README. */
function licenceIn(folder: string): string | undefined {
  const files = readdirSync(folder);
  const text = (named: RegExp): string | undefined => {
    const file = files.find((name) => named.test(name));
    return file === undefined ? undefined : readFileSync(join(folder, file), 'utf8');
  };
  const own = text(/^licen[cs]e(\.|$)/i) ?? /^#+ *licen[cs]e$([^]*)/im.exec(text(/^readme(\.|$)/i) ?? '')?.[1];
  return own?.trim();
}

/** The packages that the scripts' source maps name: what was really bundled, whatever package.json says. */
export function bundledPackages(scripts: readonly string[]): readonly Bundled[] {
  const sources = scripts
    .filter((script) => existsSync(`${script}.map`))
    .flatMap((script) => (readJson(`${script}.map`) as { sources: readonly string[] }).sources);
  const names = new Set(
    sources.map((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(source)?.[1]),
  );
  const lock = readJson('package-lock.json') as { packages: Record<string, { integrity?: string }> };
  return [...names]
    .filter((name) => name !== undefined)
    .sort()
    .map((name) => {
      const folder = join('node_modules', name);
      const { version, license } = readJson(join(folder, 'package.json')) as PackageJson;
      const licenceText = licenceIn(folder);
      const integrity = lock.packages[`node_modules/${name}`]?.integrity;
      if (licenceText === undefined || integrity === undefined)
        throw new Error(`${name} is bundled without its licence`);
      return { name, version, license, licenceText, integrity };
    });
}

/** The licences of what is bundled, in full, as each requires. */
export const notices = (bundled: readonly Bundled[]): string =>
  [
    'The scripts of this package contain code of the following packages.\n',
    ...bundled.map(
      ({ name, version, license, licenceText }) =>
        `${'-'.repeat(80)}\n${name} ${version} (${license})\n${'-'.repeat(80)}\n\n${licenceText}\n`,
    ),
  ].join('\n');

/** A CycloneDX 1.6 bill of what is bundled. It has no time or serial number, so that a build can be repeated. */
export function softwareBill(bundled: readonly Bundled[]): unknown {
  const own = readJson('package.json') as PackageJson;
  const reference = ({ name, version }: Pick<Bundled, 'name' | 'version'>): string =>
    `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const component = (one: Pick<Bundled, 'name' | 'version' | 'license'>): object => ({
    type: 'library',
    'bom-ref': reference(one),
    name: one.name,
    version: one.version,
    licenses: [{ license: { id: one.license } }],
    purl: reference(one),
  });
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { ...component(own), description: own.description } },
    components: bundled.map((one) => ({
      ...component(one),
      scope: 'required',
      hashes: [
        { alg: 'SHA-512', content: Buffer.from(one.integrity.replace('sha512-', ''), 'base64').toString('hex') },
      ],
    })),
    dependencies: [
      { ref: reference(own), dependsOn: bundled.map(reference) },
      ...bundled.map((one) => ({ ref: reference(one) })),
    ],
  };
}
