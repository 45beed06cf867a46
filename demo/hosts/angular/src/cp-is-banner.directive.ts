import { Directive, ElementRef, inject, Input, type OnChanges, type SimpleChanges } from '@angular/core';
import type { CpIsBanner } from 'cp-is-banner';
import type { CpIsBannerProperties as Properties } from 'cp-is-banner/host';

/**
 * Types for <cp-is-banner> in Angular's templates. `CUSTOM_ELEMENTS_SCHEMA` would accept any name; a component that
 * imports this directive instead does not compile with a misspelt `[property]`. Events need nothing: `(cp-is-change)`.
 */
@Directive({ selector: 'cp-is-banner' })
export class CpIsBannerTag implements OnChanges {
  @Input() nhsNumber: Properties['nhsNumber'];
  @Input() nhsNumberStatus: Properties['nhsNumberStatus'];
  @Input() encounter: Properties['encounter'];
  @Input() careSetting: Properties['careSetting'];
  @Input() attendance: Properties['attendance'];
  @Input() baseUrl: Properties['baseUrl'];
  @Input() registerApi: Properties['registerApi'];
  @Input() homeAuthorities: Properties['homeAuthorities'];
  @Input() officeHours: Properties['officeHours'];
  @Input() layout: Properties['layout'];
  @Input() discreet: Properties['discreet'];
  @Input() freshFor: Properties['freshFor'];
  @Input() timeout: Properties['timeout'];
  @Input() workerUrl: Properties['workerUrl'];
  @Input() accessToken: Properties['accessToken'];
  @Input() user: Properties['user'];
  @Input() storageKey: Properties['storageKey'];
  @Input() service: Properties['service'];
  @Input() outOfSync: Properties['outOfSync'];
  @Input() noAttendance: Properties['noAttendance'];

  readonly #banner = inject<ElementRef<CpIsBanner>>(ElementRef).nativeElement;

  /** All that changed, in one task: one open. */
  ngOnChanges(changes: SimpleChanges): void {
    for (const [name, { currentValue }] of Object.entries(changes))
      Object.assign(this.#banner, { [name]: currentValue });
  }
}
