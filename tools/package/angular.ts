/**
 * The version of Angular that these partial declarations are written for, as its own compiler writes them for a
 * library.
 */
const version = '21.2.26';

/**
 * The directive for Angular, in the form in which Angular's compiler writes a library's. Any version from 16.1 on can
 * link it. It names the tag's inputs, so that a misspelt `[property]` does not compile, and passes them on in one task,
 * so that they are one open.
 *
 * @param tagName the tag that it is for
 * @param properties what a host may set, in camel case
 */
export function angularDirective(tagName: string, properties: readonly string[]): string {
  const input = (name: string): string =>
    name === 'discreet' ? `['${name}', '${name}', i0.booleanAttribute]` : `'${name}'`;
  return `import * as i0 from '@angular/core';
import './define.js';

/** Types for <${tagName}> in Angular's templates, and its registration. */
export class CpIsBannerTag {
  #banner;

  constructor({ nativeElement }) {
    this.#banner = nativeElement;
  }

  ngOnChanges(changes) {
    for (const [name, { currentValue }] of Object.entries(changes)) this.#banner[name] = currentValue;
  }

  static ɵfac = i0.ɵɵngDeclareFactory({
    minVersion: '12.0.0',
    version: '${version}',
    ngImport: i0,
    type: CpIsBannerTag,
    deps: [{ token: i0.ElementRef }],
    target: i0.ɵɵFactoryTarget.Directive,
  });
  static ɵdir = i0.ɵɵngDeclareDirective({
    minVersion: '16.1.0',
    version: '${version}',
    type: CpIsBannerTag,
    isStandalone: true,
    selector: '${tagName}',
    inputs: { ${properties.map((name) => `${name}: ${input(name)}`).join(', ')} },
    usesOnChanges: true,
    ngImport: i0,
  });
}
`;
}

export const angularTypes = (tagName: string, properties: readonly string[]): string => `/**
 * <${tagName}> in Angular's templates: a component that imports \`CpIsBannerTag\` does not compile with a misspelt
 * \`[property]\`, where \`CUSTOM_ELEMENTS_SCHEMA\` would accept any name. Events need nothing: \`(cp-is-change)\`.
 */
import type { ElementRef, OnChanges, SimpleChanges } from '@angular/core';
import * as i0 from '@angular/core';
import type { CpIsBannerProperties } from './host.js';
import type { CpIsBanner } from './index.js';

export declare class CpIsBannerTag implements OnChanges {
${properties.map((name) => `  ${name}: CpIsBannerProperties['${name}'];\n`).join('')}
  constructor(place: ElementRef<CpIsBanner>);
  ngOnChanges(changes: SimpleChanges): void;

  static ngAcceptInputType_discreet: CpIsBannerProperties['discreet'] | '';
  static ɵfac: i0.ɵɵFactoryDeclaration<CpIsBannerTag, never>;
  static ɵdir: i0.ɵɵDirectiveDeclaration<
    CpIsBannerTag,
    '${tagName}',
    never,
    { ${properties.map((name) => `'${name}': { 'alias': '${name}'; 'required': false }`).join('; ')} },
    {},
    never,
    never,
    true,
    never
  >;
}
`;
