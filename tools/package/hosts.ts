import { careSettings } from '../../src/domain/care-setting.js';
import { angularDirective, angularTypes } from './angular.js';
import { listeners } from './listeners.js';
import { reactComponent, reactTypes } from './react.js';

/** The parts of a custom elements manifest that are read here. */
interface Described {
  readonly name: string;
  readonly description?: string;
}
interface Member extends Described {
  readonly kind: 'field' | 'method';
  readonly static?: boolean;
  readonly readonly?: boolean;
}
interface Tag extends Described {
  readonly tagName: string;
  readonly members: readonly Member[];
  readonly attributes: readonly (Described & { readonly fieldName?: string })[];
  readonly events: readonly (Described & { readonly type: { readonly text: string } })[];
}
export interface Manifest {
  readonly modules: readonly { readonly declarations: readonly (Tag | { readonly tagName?: undefined })[] }[];
}

/**
 * The attributes and properties that take one of a few values. The class itself accepts any text, and reports a wrong
 * one on screen.
 */
const closed: Readonly<Record<string, readonly string[]>> = {
  nhsNumberStatus: ['unverified', 'verified'],
  careSetting: careSettings,
  attendance: ['scheduled', 'unscheduled', 'not-brought'],
  registerApi: ['cp-is', 'patient-flags'],
  layout: ['banner', 'compact', 'panel'],
};

/** Its values as a TypeScript type, or `undefined` where any text is allowed. */
const unionOf = (name: string): string | undefined => closed[name]?.map((value) => `'${value}'`).join(' | ');

const tagOf = ({ modules }: Manifest): Tag => {
  const tag = modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName !== undefined);
  if (tag?.tagName === undefined) throw new Error('The manifest describes no tag');
  return tag;
};

/** VS Code's custom data, for completion and explanations while a page is written. */
export function editorData(manifest: Manifest): unknown {
  const tag = tagOf(manifest);
  return {
    version: 1.1,
    tags: [
      {
        name: tag.tagName,
        description: tag.description,
        attributes: tag.attributes
          .filter(({ fieldName }) => fieldName !== undefined)
          .map(({ name, description, fieldName = '' }) => ({
            name,
            description,
            ...(closed[fieldName] && { values: closed[fieldName].map((value) => ({ name: value })) }),
            ...(fieldName === 'discreet' && { valueSet: 'v' }),
          })),
      },
    ],
  };
}

const comment = (description = ''): string => (description === '' ? '' : `  /** ${description} */\n`);

const settableOf = ({ members }: Tag): readonly Member[] =>
  members.filter((member) => member.kind === 'field' && !member.static && !member.readonly);

const namesOf = (tag: Tag): readonly string[] => settableOf(tag).map(({ name }) => name);

/**
 * What frameworks run, by file: the component for React, which can be rendered on a server, and Angular's directive.
 */
export function frameworkScripts(manifest: Manifest): Readonly<Record<string, string>> {
  const tag = tagOf(manifest);
  return {
    'react.js': reactComponent(
      namesOf(tag),
      tag.events.map(({ name }) => name),
    ),
    'angular.js': angularDirective(tag.tagName, namesOf(tag)),
  };
}

/** The manifest, with closed lists of values as types. */
export function withClosedTypes(manifest: Manifest): Manifest {
  const typed = <One extends Described & { readonly fieldName?: string }>(one: One): One => {
    const text = unionOf(one.fieldName ?? one.name);
    return text === undefined ? one : { ...one, type: { text } };
  };
  return {
    ...manifest,
    modules: manifest.modules.map((module) => ({
      ...module,
      declarations: module.declarations.map((one) =>
        one.tagName === undefined
          ? one
          : { ...one, members: one.members.map(typed), attributes: one.attributes.map(typed) },
      ),
    })),
  };
}

/** Types for hosts that write the tag in a template, by file: its inputs and events, in each framework's own form. */
export function frameworkTypes(manifest: Manifest): Readonly<Record<string, string>> {
  const tag = tagOf(manifest);
  const { tagName, events } = tag;
  const properties = settableOf(tag).map(
    ({ name, description }) =>
      `${comment(description)}  ${name}?: ${unionOf(name) ?? `CpIsBanner['${name}']`} | undefined;\n`,
  );
  const sent = events.map(({ name, description, type }) => `${comment(description)}  '${name}': ${type.text};\n`);
  const eventTypes = events.map(({ type }) => type.text).join(', ');
  return {
    'host.d.ts': `import type { CpIsBanner, ${eventTypes} } from './index.js';

/** What a host sets on the tag. */
export interface CpIsBannerProperties {
${properties.join('')}}

/** What the tag sends. */
export interface CpIsBannerEvents {
${sent.join('')}}
`,
    'react.d.ts': reactTypes,
    'jsx.d.ts': jsxTypes(tagName),
    'vue.d.ts': vueTypes(tagName),
    'svelte.d.ts': svelteTypes(tagName),
    'angular.d.ts': angularTypes(tagName, namesOf(tag)),
  };
}

const jsxTypes = (tagName: string): string => `/**
 * <${tagName}> in React 19's JSX: \`import type {} from 'cp-is-banner/jsx'\` once in the project. Properties are written
 * in camel case, because TypeScript never checks a name with a hyphen in JSX. Events: \`oncp-is-change={…}\`.
 */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { CpIsBannerEvents, CpIsBannerProperties } from './host.js';
import type { CpIsBanner } from './index.js';

${listeners}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      '${tagName}': Omit<DetailedHTMLProps<HTMLAttributes<CpIsBanner>, CpIsBanner>, keyof CpIsBannerProperties> &
        CpIsBannerProperties &
        Listeners;
    }
  }
}
`;

const vueTypes = (tagName: string): string => `/**
 * <${tagName}> in Vue's templates: \`import type {} from 'cp-is-banner/vue'\` once in the project, and
 * \`"vueCompilerOptions": { "checkUnknownProps": true }\` so that a name nobody knows is an error.
 */
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { CpIsBannerEvents, CpIsBannerProperties } from './host.js';
import type { CpIsBanner } from './index.js';

declare module 'vue' {
  interface GlobalComponents {
    '${tagName}': new () => CpIsBanner & {
      $props: PublicProps & Omit<HTMLAttributes, keyof CpIsBannerProperties> & CpIsBannerProperties;
      $emit: EmitFn<{ [Name in keyof CpIsBannerEvents]: (event: CpIsBannerEvents[Name]) => void }>;
    };
  }
}
`;

const svelteTypes = (tagName: string): string => `/**
 * <${tagName}> in Svelte's templates: \`import type {} from 'cp-is-banner/svelte'\` once in the project. Properties are
 * written in camel case. Events: \`oncp-is-change={…}\`.
 */
import type { HTMLAttributes } from 'svelte/elements';
import type { CpIsBannerEvents, CpIsBannerProperties } from './host.js';
import type { CpIsBanner } from './index.js';

${listeners}

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    '${tagName}': Omit<HTMLAttributes<CpIsBanner>, keyof CpIsBannerProperties> & CpIsBannerProperties & Listeners;
  }
}
`;
