const hostDefaults = new Map();

const isPublished = ({ tagName, name }) => tagName !== undefined || name.endsWith('Event');

/** One module as hosts import it: the class, with what it inherits and its events, but without what is private. */
const asPublished = {
  name: 'as-published',
  /** The default value of each property is in one table. */
  analyzePhase({ ts, node }) {
    if (!ts.isVariableDeclaration(node) || node.name.getText() !== 'hostDefaults') return;
    for (const { name, initializer } of node.initializer.expression.properties)
      hostDefaults.set(name.getText(), initializer.getText());
  },
  packageLinkPhase({ customElementsManifest }) {
    const declarations = customElementsManifest.modules.flatMap(({ declarations }) => declarations).filter(isPublished);
    for (const declaration of declarations) {
      delete declaration.superclass;
      declaration.members = declaration.members?.filter(
        ({ privacy }) => privacy !== 'private' && privacy !== 'protected',
      );
      for (const member of declaration.members ?? []) {
        delete member.inheritedFrom;
        member.default ??= hostDefaults.get(member.name);
      }
      for (const attribute of declaration.attributes ?? []) delete attribute.inheritedFrom;
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

/** The manifest describes the tag, but not the parts that it is made of. */
export default {
  globs: ['cp-is-banner', 'drawn-element', 'host-properties', 'events'].map((name) => `src/element/${name}.ts`),
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [asPublished],
};
