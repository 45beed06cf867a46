/** The parts of a package.json that are read here. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly homepage?: string;
  readonly bugs?: string;
  readonly repository?: string;
  readonly sideEffects?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** Where a release says it comes from. Each field is left out while it is empty in package.json. */
export const origins = ['homepage', 'bugs', 'repository'] as const;

const originOf = (root: Manifest): Partial<Manifest> =>
  Object.fromEntries(origins.flatMap((field) => (root[field] ? [[field, root[field]]] : [])));

/** Fields about how we work, which mean nothing to whoever installs the package. */
const ours = ['private', 'scripts', 'devDependencies', 'overrides', 'workspaces', 'files', 'browserslist', ...origins];

const published = (manifest: Manifest, root: Manifest): Manifest => ({
  ...(Object.fromEntries(Object.entries(manifest).filter(([field]) => !ours.includes(field))) as Manifest),
  ...originOf(root),
});

/**
 * The tag's manifest. Its scripts contain everything but lit, for which the host's own copy is used, from our minor
 * version on.
 */
export const bannerManifest = (root: Manifest): Manifest => ({
  ...published(root, root),
  sideEffects: (root.sideEffects ?? []).filter((path) => path.startsWith('./dist/')),
  dependencies: { lit: (root.dependencies?.['lit'] ?? '').replace(/^(\d+\.\d+)\.\d+$/, '^$1.0') },
});

/** The gateway's manifest: a server, whose dependencies stay pinned. */
export const gatewayManifest = (gateway: Manifest, root: Manifest): Manifest => published(gateway, root);

/** The sandbox's manifest: one script, with the database in the archive. */
export const sandboxManifest = (root: Manifest, database: string, version: string): Manifest => ({
  name: 'cp-is-sandbox',
  version: root.version,
  description: 'A sandbox CP-IS register with invented children, its demo screens and a FHIRcast hub',
  license: root['license'],
  type: 'module',
  keywords: root['keywords'],
  ...originOf(root),
  engines: root['engines'],
  bin: { 'cp-is-sandbox': './cp-is-sandbox.js' },
  dependencies: { [database]: version },
  bundleDependencies: [database],
});
