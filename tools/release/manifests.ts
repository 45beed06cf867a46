/** What is read here of a package.json. */
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

/** What a release says of where it comes from; each is left out while it is empty in package.json. */
export const origins = ['homepage', 'bugs', 'repository'] as const;

const originOf = (root: Manifest): Partial<Manifest> =>
  Object.fromEntries(origins.flatMap((field) => (root[field] ? [[field, root[field]]] : [])));

/** Fields that say how we work, and nothing to whoever installs. */
const ours = ['private', 'scripts', 'devDependencies', 'overrides', 'workspaces', 'files', 'browserslist', ...origins];

const published = (manifest: Manifest, root: Manifest): Manifest => ({
  ...(Object.fromEntries(Object.entries(manifest).filter(([field]) => !ours.includes(field))) as Manifest),
  ...originOf(root),
});

/** The tag's: everything is in its scripts but lit, of which the host's own copy serves, from our minor version on. */
export const bannerManifest = (root: Manifest): Manifest => ({
  ...published(root, root),
  sideEffects: (root.sideEffects ?? []).filter((path) => path.startsWith('./dist/')),
  dependencies: { lit: (root.dependencies?.['lit'] ?? '').replace(/^(\d+\.\d+)\.\d+$/, '^$1.0') },
});

/** The gateway's: a server, whose dependencies stay pinned. */
export const gatewayManifest = (gateway: Manifest, root: Manifest): Manifest => published(gateway, root);

/** The sandbox's: one script, and the database in the archive with it. */
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
