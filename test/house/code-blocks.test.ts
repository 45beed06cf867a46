import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';

import { blocksOf, commandsIn, documents, scriptsIn, type Block } from './code-blocks.js';

const root = resolve(import.meta.dirname, '../..');
const blocks = documents.flatMap(blocksOf);
const scripts = (file: string): Record<string, string> =>
  (JSON.parse(readFileSync(file, 'utf8')) as { scripts: Record<string, string> }).scripts;

/** What a reader has at each block: their own session, and the tag that the text is about. */
const given = `import 'cp-is-banner/define.js';
import type { CpIsBanner as Banner } from 'cp-is-banner';
import type { SmartSession } from 'cp-is-banner/contexts/smart.js';
declare global {
  const banner: Banner;
  const tag: Banner;
  const CpIsBanner: typeof Banner;
  const session: {
    userId: string;
    accessToken(): Promise<string>;
    token(): Promise<string>;
    key(): Promise<ArrayBuffer>;
  };
  const token: { 'hub.url': string; 'hub.topic': string };
  const FHIR: { oauth2: { ready(): Promise<SmartSession> } };
  function sessionKey(): Promise<CryptoKey>;
  function yourSession(request: Request): Promise<YourSession | undefined>;
  interface YourSession {
    readonly id: string;
    readonly tooWeak: boolean;
    has(activity: string): boolean;
    token(asked: { not: string | undefined }): Promise<string>;
    isStillThere(): Promise<boolean>;
    readonly roleId: string;
    readonly odsCode: string;
    readonly endedSignal: AbortSignal;
  }
}`;
/** The files at the root of a page's own server. */
const served = new Map([
  ['/cp-is-banner.ts', `export {};`],
  [
    '/cpis/session.ts',
    `export declare function session(): Promise<{ signedIn: boolean; user: string; may: object }>;
export declare const storageKey: () => Promise<CryptoKey>;
export declare const changeRole: unknown;
export declare const signOut: unknown;`,
  ],
]);

const shared: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: ['node'],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  exactOptionalPropertyTypes: true,
  paths: {
    'cp-is-banner': [`${root}/src/index.ts`],
    'cp-is-banner/define.js': [`${root}/src/define.ts`],
    'cp-is-banner/contexts/*.js': [`${root}/src/contexts/*.ts`],
    'cp-is-gateway': [`${root}/gateway/src/index.ts`],
  },
};
const modes: readonly [name: string, extension: string, options: ts.CompilerOptions][] = [
  ['a bundler’s', 'ts', { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }],
  ['Node16', 'mts', { module: ts.ModuleKind.Node16 }],
  ['NodeNext', 'mts', { module: ts.ModuleKind.NodeNext }],
];

const parsed = new Map<string, ts.SourceFile | undefined>();

/** What the compiler reports for each text, as a module of its own. */
function compile(texts: ReadonlyMap<string, string>, options: ts.CompilerOptions): readonly string[] {
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    directoryExists: () => true,
    fileExists: (name) => texts.has(name) || disk.fileExists(name),
    readFile: (name) => texts.get(name) ?? disk.readFile(name),
    getSourceFile(name, version, ...rest) {
      const text = texts.get(name);
      if (text !== undefined) return ts.createSourceFile(name, text, version, true);
      const key = `${name} ${JSON.stringify(version)}`;
      if (!parsed.has(key)) parsed.set(key, disk.getSourceFile(name, version, ...rest));
      return parsed.get(key);
    },
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return [...texts.keys()].flatMap((name) => {
    const file = program.getSourceFile(name);
    const said = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return said.map(
      ({ messageText }) => `${name.slice(root.length)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  });
}

const placeOf = ({ file, line }: Block, extension: string): string =>
  `${root}/test/house/.blocks/${file.replaceAll(/\W/g, '-')}-${line}.${extension}`;

describe('each code block of the guide, the README and the rest', () => {
  it('is of a kind that is checked', () => {
    const kinds = new Set(blocks.map(({ language }) => language));
    // Trees of files, policies and drawings have none. Diagrams are drawn by GitHub.
    for (const known of ['', 'mermaid', 'css', 'js', 'ts', 'html', 'sh', 'json']) kinds.delete(known);
    expect([...kinds]).to.deep.equal([]);
    expect(blocks.filter(({ language }) => language === 'js' || language === 'ts')).to.have.lengthOf.above(5);
  });

  for (const [name, extension, options] of modes)
    it(`compiles, strict, with ${name} modules`, () => {
      const texts = new Map([[`${root}/test/house/.blocks/given.${extension}`, given]]);
      for (const block of blocks)
        if (block.language === 'js' || block.language === 'ts')
          texts.set(placeOf(block, extension), `${block.code}\nexport {};\n`);
      expect(compile(texts, { ...shared, ...options })).to.deep.equal([]);
    });

  it('compiles where it is a script in a page', () => {
    const texts = new Map([[`${root}/test/house/.blocks/given.ts`, given], ...served]);
    for (const block of blocks.filter(({ language }) => language === 'html'))
      for (const [index, code] of scriptsIn(block.code).entries())
        texts.set(placeOf(block, `${index}.ts`), `${code}\nexport {};\n`);
    expect(texts.size).to.be.above(3);
    // No browser checks for null.
    expect(
      compile(texts, { ...shared, ...modes[0]![2], strict: false, exactOptionalPropertyTypes: false }),
    ).to.deep.equal([]);
  });

  const known = new Set(readFileSync('src/element/drawn-element.ts', 'utf8').match(/--cp-is-[\w-]+/g));
  for (const { file, line, code } of blocks.filter(({ language }) => language === 'css'))
    it(`names only what the tag knows: ${file}, line ${line}`, () => {
      expect(code).to.match(/^(?:[^{}]*\{(?:[^{}]|\{[^{}]*\})*\}\s*)+$/);
      expect([...known]).to.include.members(code.match(/--cp-is-[\w-]+/g) ?? []);
    });

  for (const { file, line, code } of blocks.filter(({ language }) => language === 'json'))
    it(`is JSON: ${file}, line ${line}`, () => {
      JSON.parse(code);
    });
});

/** Whether cmd.exe, PowerShell and a POSIX shell all read a line in the same way. */
const isPortable = (line: string): boolean => {
  const outside = line.replaceAll(/"[^"$`\\]*"/g, '""');
  return !/['`$\\;|&<>#%^]/.test(outside) && !/^[A-Z_]+=/.test(outside) && /^(?:npm|npx|node|docker|cd) /.test(outside);
};

describe('each command', () => {
  const commands: (readonly [file: string, command: string])[] = [
    ...blocks
      .filter(({ language }) => language === 'sh')
      .flatMap(({ file, code }) => code.split('\n').map((line) => [file, line] as const)),
    ...documents.flatMap((file) => commandsIn(file).map((command) => [file, command] as const)),
  ];

  it('is found by this test', () => {
    expect(commands).to.have.lengthOf.above(20);
  });

  for (const [file, command] of commands)
    it(`is the same in every shell, and what it runs exists: ${command} (${file})`, () => {
      expect(command).to.satisfy(isPortable);
      const [, script] = /^npm run (?:--silent )?([\w:-]+)/.exec(command) ?? [];
      if (script !== undefined) expect(scripts('package.json')).to.have.property(script);
      const [, program] = /^node ([\w./-]+\.m?js)/.exec(command) ?? [];
      // In an empty folder the guide has already copied the example's files.
      if (program !== undefined)
        expect(program).to.satisfy(
          (path: string) => existsSync(path) || existsSync(`demo/backend-for-frontend/${path}`),
        );
    });

  for (const file of ['package.json', 'gateway/package.json'])
    for (const [name, command] of Object.entries(scripts(file)))
      it(`of ${file} runs under cmd.exe too: ${name}`, () => {
        // In cmd.exe a single quote is an ordinary character, a prefix sets no variable, and .bin holds no Node
        // programs.
        expect(command).not.to.match(/'|\$|;|`|(?:^|&& )[A-Z_]+=|node_modules\/\.bin/);
      });
});
