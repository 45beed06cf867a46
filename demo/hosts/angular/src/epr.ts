import { Component, signal } from '@angular/core';
import { CpIsBanner, type CareSetting, type CpIsChangeEvent } from 'cp-is-banner';

import { CpIsBannerTag } from './cp-is-banner.directive';

interface Opened {
  nhsNumber: string;
  encounter: string;
  careSetting: CareSetting;
  baseUrl: string;
}

@Component({
  selector: 'host-epr',
  imports: [CpIsBannerTag],
  template: `
    <nav>
      <button id="open-aaliyah" (click)="open('9995124467')">Aaliyah</button>
      <button id="open-yusuf" (click)="open('9996331520')">Yusuf</button>
      <button id="scheduled" (click)="open('9995124467', { careSetting: 'general-practice' })">
        Aaliyah, in general practice
      </button>
      <button id="fail" (click)="open('9996331520', { baseUrl: '/faults/status-503/cpis/FHIR/R4' })">
        Yusuf, while the register is down
      </button>
      <button id="sign-out" (click)="signOut()">Sign out</button>
    </nav>
    <cp-is-banner
      [nhsNumber]="patient()?.nhsNumber"
      nhsNumberStatus="verified"
      [encounter]="patient()?.encounter"
      [careSetting]="patient()?.careSetting"
      [baseUrl]="patient()?.baseUrl"
      [user]="user()"
      [accessToken]="token"
      (cp-is-change)="hear($event)"
    >
      CP-IS not checked
    </cp-is-banner>
    <output id="heard">{{ heard() }}</output>
  `,
})
export class Epr {
  readonly patient = signal<Opened | undefined>(undefined);
  readonly user = signal<string | undefined>('demo-ed-nurse');
  readonly heard = signal('');
  readonly token = () => {
    const user = this.user();
    return user === undefined ? Promise.reject(new Error('Signed out')) : Promise.resolve(user);
  };

  open(nhsNumber: string, rest: Partial<Opened> = {}) {
    const encounter = crypto.randomUUID();
    this.patient.set({ nhsNumber, encounter, careSetting: 'emergency-department', baseUrl: '/cpis/FHIR/R4', ...rest });
  }
  signOut() {
    CpIsBanner.signOut();
    this.user.set(undefined);
  }
  hear({ status, reason }: CpIsChangeEvent) {
    this.heard.set([status, reason].join(' ').trim());
  }
}
