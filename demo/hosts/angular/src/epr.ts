import { ApplicationRef, Component, inject, signal } from '@angular/core';
import { CpIsBanner, type CareSetting, type CpIsChangeEvent } from 'cp-is-banner';
import { CpIsBannerTag } from 'cp-is-banner/angular';

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
      <button id="close" (click)="patient.set(undefined)">Close</button>
      <button id="sign-out" (click)="signOut()">Sign out</button>
      <button id="sign-in" (click)="user.set('demo-ed-nurse')">Sign in</button>
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
    <output id="heard">{{ heard().join(', ') }}</output>
  `,
})
export class Epr {
  readonly patient = signal<Opened | undefined>(undefined);
  readonly user = signal<string | undefined>('demo-ed-nurse');
  /** What the banner has said, in order. A change to the visits alone is not counted. */
  readonly heard = signal<readonly string[]>([]);
  readonly token = () => Promise.resolve('demo-ed-nurse');
  readonly #application = inject(ApplicationRef);

  open(nhsNumber: string, rest: Partial<Opened> = {}) {
    const encounter = crypto.randomUUID();
    this.patient.set({ nhsNumber, encounter, careSetting: 'emergency-department', baseUrl: '/cpis/FHIR/R4', ...rest });
  }
  /**
   * Clears the bound patient and the bound user in one update. `tick()` passes it on to the tag before the tag forgets.
   */
  signOut() {
    this.patient.set(undefined);
    this.user.set(undefined);
    this.#application.tick();
    CpIsBanner.signOut();
  }
  hear({ status, reason }: CpIsChangeEvent) {
    const said = [status, reason].join(' ').trim();
    if (this.heard().at(-1) !== said) this.heard.update((heard) => [...heard, said]);
  }
}
