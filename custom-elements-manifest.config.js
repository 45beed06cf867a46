/** One module as hosts import it: the class and its events, without what is private. */
const asPublished = {
  name: 'as-published',
  packageLinkPhase({ customElementsManifest }) {
    const declarations = customElementsManifest.modules.flatMap(({ declarations }) => declarations);
    for (const declaration of declarations) {
      declaration.members = declaration.members?.filter(({ privacy }) => privacy !== 'private');
      declaration.events = declaration.events?.filter(({ name }) => name !== undefined);
    }
    const path = 'dist/index.js';
    const exported = ({ name }) => ({ kind: 'js', name, declaration: { name, module: path } });
    const registration = ({ name, tagName }) => ({
      kind: 'custom-element-definition',
      name: tagName,
      declaration: { name, module: path },
    });
    customElementsManifest.modules = [
      { kind: 'javascript-module', path, declarations, exports: declarations.map(exported) },
      {
        kind: 'javascript-module',
        path: 'dist/define.js',
        declarations: [],
        exports: declarations.filter(({ tagName }) => tagName !== undefined).map(registration),
      },
    ];
  },
};

/** The manifest describes the tag, and nothing that it is made of. */
export default {
  globs: ['src/element/cp-is-banner.ts', 'src/element/events.ts'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [asPublished],
};
