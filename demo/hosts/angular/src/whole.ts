/** This must compile: a property that is seldom bound, and an attribute without a value. */
import { Component } from '@angular/core';
import { CpIsBannerTag } from 'cp-is-banner/angular';

@Component({
  selector: 'host-whole',
  imports: [CpIsBannerTag],
  template: `<cp-is-banner discreet careSetting="nhs-111" [storageKey]="key" [outOfSync]="false" />`,
})
export class Whole {
  key?: CryptoKey;
}
