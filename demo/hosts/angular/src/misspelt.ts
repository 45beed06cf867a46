/** This must not compile: `npm run types:misspelt`. */
import { Component } from '@angular/core';
import 'cp-is-banner/define.js';

import { CpIsBannerTag } from 'cp-is-banner/angular';

@Component({
  selector: 'host-misspelt',
  imports: [CpIsBannerTag],
  template: `
    <cp-is-banner [nhsNubmer]="number"></cp-is-banner>
    <cp-is-banner (cp-is-change)="heard = $event.statsu"></cp-is-banner>
    <cp-is-banner careSetting="emergency"></cp-is-banner>
  `,
})
export class Misspelt {
  readonly number = '9995124467';
  heard = '';
}
