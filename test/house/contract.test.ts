import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { CpIsBanner, CpIsCallEvent, CpIsChangeEvent, CpIsRevealEvent } from '../../src/index.js';
import { styles } from '../../src/element/styles/index.js';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(resolve(root, file), 'utf8');

/** What a tag offers, each list sorted, so that it is comparable wherever it is written down. */
interface Surface {
  /** `attribute property`, or only the property. */
  readonly properties: readonly string[];
  readonly reflected: readonly string[];
  /** Each with the fields that it carries. */
  readonly events: readonly string[];
  readonly methods: readonly string[];
  readonly parts: readonly string[];
}

const sorted = (names: Iterable<string>): readonly string[] => [...names].sort();
const unquoted = (text: string): string => text.replaceAll('`', '');

const ofTheClass: Surface = {
  properties: sorted([
    ...Object.entries(CpIsBanner.properties).map(([name, { attribute }]) =>
      attribute === false ? name : `${typeof attribute === 'string' ? attribute : name} ${name}`,
    ),
  ]),
  reflected: sorted(
    Object.entries(Object.getOwnPropertyDescriptors(CpIsBanner.prototype))
      .filter(([name, own]) => own.get !== undefined && own.set === undefined && name !== 'answer')
      .map(([name]) => name),
  ),
  events: sorted(
    [
      new CpIsChangeEvent({
        status: 'idle',
        reason: undefined,
        visits: 'none',
        attendance: undefined,
        checkedAt: undefined,
      }),
      new CpIsCallEvent('Islington', 'office'),
      new CpIsRevealEvent(),
    ].map(
      (event) =>
        `${event.type} {${Object.keys(event)
          .filter((key) => key !== 'isTrusted')
          .join(', ')}}`,
    ),
  ),
  methods: ['check', 'clear', 'focus', 'note', 'signOut'].filter(
    (name) => name in CpIsBanner || name in CpIsBanner.prototype,
  ),
  // `test/element/theming.test.ts` compares the parts that are drawn with the guide to theming.
  parts: sorted(partsOfTheming()),
};

function partsOfTheming(): readonly string[] {
  const table = read('docs/theming.md').split('## Parts')[1]!.split('\n## ')[0]!;
  return [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name!);
}

/** The surface as a Markdown document describes it: the rows of its table, and its words for the rest. */
function ofDocument(file: string): Surface {
  const text = read(file);
  const rows = [...text.matchAll(/^\| +(?:`([a-z-]+)`|–) +\| +`(\w+)` +\|/gm)];
  const names = (pattern: RegExp): readonly string[] => [...text.matchAll(pattern)].map(([, name]) => name!);
  return {
    properties: sorted(rows.map(([, attribute, property]) => [attribute, property].filter(Boolean).join(' '))),
    reflected: sorted(new Set(names(/(?:\*\*|[ ,])`(status|reason|visits)`/g))),
    events: sorted(
      [...text.matchAll(/`(cp-is-\w+)` ?\n?\{([^}]*)\}/g)].map(
        ([, name, payload]) => `${name!} {${payload!.replaceAll(/: [^,}]*/g, '')}}`,
      ),
    ),
    methods: sorted(names(/`(?:CpIsBanner\.)?(\w+)\(\)`/g).filter((name) => ofTheClass.methods.includes(name))).filter(
      (name, index, all) => all.indexOf(name) === index,
    ),
    parts: sorted(/[Pp]arts\W+`([a-z ]+)`/.exec(text)?.[1]?.split(' ') ?? []),
  };
}

interface Described {
  readonly name: string;
  readonly fieldName?: string;
  readonly kind?: string;
  readonly readonly?: boolean;
  readonly static?: boolean;
  readonly privacy?: string;
  readonly type?: { readonly text: string };
}
interface Declaration {
  readonly name: string;
  readonly tagName?: string;
  readonly members: readonly Described[];
  readonly attributes: readonly Described[];
  readonly events: readonly Described[];
  readonly cssParts: readonly Described[];
  readonly cssProperties: readonly Described[];
}

function analysed(): readonly Declaration[] {
  const options = [
    'analyze',
    '--config',
    'tools/custom-elements-manifest.config.js',
    '--outdir',
    '.cache/manifest',
    '--quiet',
  ];
  execFileSync(process.execPath, ['node_modules/@custom-elements-manifest/analyzer/cem.js', ...options], { cwd: root });
  const { modules } = JSON.parse(read('.cache/manifest/custom-elements.json')) as {
    modules: readonly { declarations: readonly Declaration[] }[];
  };
  return modules.flatMap(({ declarations }) => declarations);
}

const declarations = analysed();
const tag = declarations.find(({ tagName }) => tagName === 'cp-is-banner')!;

const ofTheManifest: Surface = {
  properties: sorted([
    ...tag.members
      .filter((member) => member.kind === 'field' && !member.readonly && !member.static)
      .map(({ name }) =>
        [tag.attributes.find(({ fieldName }) => fieldName === name)?.name, name].filter(Boolean).join(' '),
      ),
  ]),
  reflected: sorted(tag.attributes.filter(({ fieldName }) => fieldName === undefined).map(({ name }) => name)),
  events: sorted(
    tag.events.map(({ name, type }) => {
      const fields = declarations.find((declaration) => declaration.name === type?.text)!.members;
      return `${name} {${fields
        .filter((field) => !field.static)
        .map((field) => field.name)
        .join(', ')}}`;
    }),
  ),
  methods: sorted(tag.members.filter(({ kind }) => kind === 'method').map(({ name }) => name)),
  parts: sorted(tag.cssParts.map(({ name }) => name)),
};

describe('the contract', () => {
  const written: readonly [where: string, surface: Surface][] = [
    ['docs/contract.md', ofDocument('docs/contract.md')],
    ['README.md', ofDocument('README.md')],
    ['the manifest', ofTheManifest],
  ];
  for (const [where, surface] of written)
    for (const list of ['properties', 'reflected', 'events', 'methods', 'parts'] as const)
      it(`${where} has the class's ${list}`, () => {
        expect(ofTheClass[list]).not.to.be.empty;
        expect(surface[list]).to.deep.equal(ofTheClass[list]);
      });

  it('the manifest has the same custom properties as the style sheet and the guide to theming', () => {
    const used = sorted(new Set(styles.cssText.match(/--cp-is-[\w-]+/g)));
    expect(sorted(tag.cssProperties.map(({ name }) => name))).to.deep.equal(used);
    const guided = [...read('docs/theming.md').matchAll(/^\| `(--cp-is-[\w-]+)`/gm)].map(([, name]) => name!);
    expect(sorted(guided)).to.deep.equal(used);
    for (const file of ['docs/contract.md', 'README.md']) expect(unquoted(read(file))).to.contain('--cp-is-*');
  });

  it('the manifest explains everything it lists, and lists nothing private', () => {
    for (const member of [...tag.members, ...tag.attributes, ...tag.events, ...tag.cssParts, ...tag.cssProperties]) {
      expect(member, member.name).to.have.property('description').that.is.not.empty;
      expect(member.name).not.to.match(/^#/);
    }
  });
});
