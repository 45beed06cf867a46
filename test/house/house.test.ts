import { expect } from 'chai';
import { ESLint } from 'eslint';
import ts from 'typescript';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** What the compiler reports for a file's text, as if the file were in a room, under that room's own config. */
function compile(config: string, file: string, text: string): readonly string[] {
  const raw: unknown = ts.readConfigFile(resolve(root, config), (path) => ts.sys.readFile(path)).config;
  const { options } = ts.parseJsonConfigFileContent(raw, ts.sys, resolve(root, config, '..'), {
    noEmit: true,
    composite: false,
    incremental: false,
  });
  delete options.tsBuildInfoFile;
  const path = resolve(root, file);
  const host = ts.createCompilerHost(options);
  const readSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    resolve(name) === path ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022) : readSourceFile(name, ...rest);
  const program = ts.createProgram([path], options, host);
  return program
    .getSemanticDiagnostics(program.getSourceFile(path))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

/** The files outside a room's project, as the compiler names them, that a file would reach with this import. */
function outOfReach(file: string, specifier: string): readonly string[] {
  const folder = resolve(root, file, '..');
  const raw: unknown = ts.readConfigFile(resolve(folder, 'tsconfig.json'), (path) => ts.sys.readFile(path)).config;
  const { fileNames, options, projectReferences = [] } = ts.parseJsonConfigFileContent(raw, ts.sys, folder);
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  const path = resolve(root, file);
  host.readFile = (name) => (resolve(name) === path ? `import '${specifier}';\n` : readFile(name));
  const program = ts.createProgram({ rootNames: fileNames, options, projectReferences, host });
  const notListed = 6307;
  return program
    .getSemanticDiagnostics(program.getSourceFile(path))
    .filter(({ code }) => code === notListed)
    .map(({ messageText }) => /src\/[\w/-]+\.ts/.exec(ts.flattenDiagnosticMessageText(messageText, ' '))?.[0] ?? '');
}

const eslint = new ESLint({ cwd: root });

async function lint(file: string, text: string, rule = /^house\/one-way-imports$/): Promise<readonly string[]> {
  const [result] = await eslint.lintText(text, { filePath: resolve(root, file) });
  return result!.messages.filter(({ ruleId }) => rule.test(ruleId ?? '')).map(({ message }) => message);
}

describe('the house', () => {
  it('compiles what belongs in domain/', () => {
    expect(
      compile('src/domain/tsconfig.json', 'src/domain/probe.ts', 'export const answer = new Set([42]);'),
    ).to.deep.equal([]);
  });

  for (const name of ['fetch', 'document', 'window', 'setTimeout', 'localStorage', 'crypto'])
    it(`${name} in domain/ does not compile`, () => {
      const complaints = compile(
        'src/domain/tsconfig.json',
        'src/domain/probe.ts',
        `export const reached: unknown = ${name};`,
      );
      expect(complaints.join()).to.contain(`Cannot find name '${name}'`);
    });

  it('document in register/ does not compile', () => {
    const complaints = compile(
      'src/register/tsconfig.json',
      'src/register/probe.ts',
      'export const reached: unknown = document;',
    );
    expect(complaints.join()).to.contain(`Cannot find name 'document'`);
  });

  const refused: readonly [file: string, specifier: string][] = [
    ['src/session/page.ts', 'lit'],
    ['src/session/page.ts', 'idb'],
    ['src/session/page.ts', 'valibot'],
    ['src/session/page.ts', '../element/model.js'],
    ['src/session/page.ts', '../register/check.js'],
    ['src/session/page.ts', '../worker/checks.js'],
    ['src/domain/plan.ts', 'lit'],
    ['src/domain/plan.ts', 'rxjs'],
    ['src/contract/register-service.ts', 'comlink'],
    ['src/domain/plan.ts', '../contract/register-service.js'],
    ['src/domain/plan.ts', '../../demo/shared/people.js'],
    ['src/register/check.ts', '../worker/checks.js'],
    ['src/register/check.ts', 'comlink'],
    ['src/register/check.ts', 'rxjs'],
    ['src/store/sealed-store.ts', 'valibot'],
    ['src/store/sealed-store.ts', 'comlink'],
    ['src/register/check.ts', '../session/page.js'],
    ['src/element/model.ts', 'valibot'],
    ['src/element/model.ts', 'rxjs'],
    ['src/element/model.ts', 'comlink'],
    ['src/element/model.ts', '../register/check.js'],
    ['src/element/model.ts', '../../test/fixtures/bundles.js'],
    ['src/worker/checks.ts', '../session/page.js'],
    ['src/worker/checks.ts', 'rxjs'],
    ['src/worker/checks.ts', 'idb'],
    ['src/contexts/tag.ts', '../element/model.js'],
    ['src/contexts/tag.ts', 'valibot'],
    ['src/contexts/tag.ts', 'rxjs'],
    ['src/contexts/tag.ts', 'lit'],
    ['src/index.ts', './session/page.js'],
    ['src/define.ts', './element/cp-is-banner.js'],
  ];
  for (const [file, specifier] of refused)
    it(`${specifier} in ${file} fails lint`, async () => {
      expect(await lint(file, `import '${specifier}';\n`)).to.have.lengthOf(1);
    });

  // A room's tsconfig.json also lists what it may reach, so the compiler is a second guard of the same order.
  for (const [file, specifier] of refused.filter(
    ([file, name]) => name.startsWith('../') && !/^src\/\w+\.ts$/.test(file),
  ))
    if (resolve(root, file, '..', specifier).startsWith(resolve(root, 'src')))
      it(`${specifier} in ${file} does not compile`, () => {
        expect(outOfReach(file, specifier)).to.include(`src/${specifier.slice('../'.length).replace(/js$/, 'ts')}`);
      });

  const allowed: readonly [file: string, specifier: string][] = [
    ['src/session/page.ts', '../domain/plan.js'],
    ['src/session/page.ts', 'rxjs'],
    ['src/session/worker-ladder.ts', 'comlink'],
    ['src/worker/cp-is-banner.worker.ts', 'comlink'],
    ['src/store/sealed-store.ts', 'idb'],
    ['src/register/shapes.ts', 'valibot'],
    ['src/contexts/tag.ts', '../domain/nhs-number.js'],
    ['src/element/model.ts', 'lit/directives/when.js'],
    ['src/element/model.ts', '../session/page.js'],
  ];
  for (const [file, specifier] of allowed)
    it(`${specifier} in ${file} passes`, async () => {
      expect(await lint(file, `import '${specifier}';\n`)).to.deep.equal([]);
    });

  // Each would take exponentially longer on a text of its own kind.
  for (const expression of ['/(\\s+la)+$/', '/^(a|a)*$/', '/^(a+)+$/', '/\\s+x$/'])
    it(`an expression that takes exponential time, ${expression}, fails lint`, async () => {
      const text = `export const one = ${expression};\n`;
      expect(await lint('src/domain/plan.ts', text, /^regexp\//)).not.to.deep.equal([]);
    });

  const words: [file: string, text: string][] = [
    [
      'src/element/views/foot.ts',
      "import { html } from 'lit';\nexport const foot = html`<p>Ring the duty team</p>`;\n",
    ],
    [
      'src/element/views/foot.ts',
      'import { html } from \'lit\';\nexport const foot = html`<p aria-label="Ring">${1}</p>`;\n',
    ],
    ['src/element/model.ts', "export const title = 'Looked after';\n"],
    ['src/element/model.ts', "export const title = 'Now';\n"],
    ['src/element/model.ts', 'export const title = (n: number): string => `seen ${n} times before`;\n'],
    ['src/domain/plan.ts', "export const name = 'child protection plan';\n"],
  ];
  for (const [file, text] of words)
    it(`English outside wording/ fails lint: ${text.split('\n').at(-2)!} in ${file}`, async () => {
      expect(await lint(file, text, /^words\//)).to.have.lengthOf(1);
      expect(await lint('src/element/wording/foot.ts', text, /^words\//)).to.deep.equal([]);
    });

  const notWords: [file: string, text: string][] = [
    ['src/element/model.ts', "throw new Error('The host gave no number');\n"],
    ['src/element/model.ts', "export const isEnd = (key: string): boolean => key === 'Escape';\n"],
    [
      'src/element/views/foot.ts',
      'import { html } from \'lit\';\nexport const foot = html`<p class="foot part">${1}</p>`;\n',
    ],
  ];
  for (const [file, text] of notWords)
    it(`text that nobody is shown passes: ${text.split('\n').at(-2)!} in ${file}`, async () => {
      expect(await lint(file, text, /^words\//)).to.deep.equal([]);
    });
});
