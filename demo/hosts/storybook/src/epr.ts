import { CpIsBanner, type CareSetting, type CpIsChangeEvent } from 'cp-is-banner';
import 'cp-is-banner/define.js';
import { html, LitElement } from 'lit';

interface Opened {
  nhsNumber: string;
  encounter: string;
  careSetting: CareSetting;
  baseUrl: string;
}

const token = () => Promise.resolve('demo-ed-nurse');

/** An EPR's screen written with Lit. */
class Epr extends LitElement {
  static override properties = { patient: { state: true }, user: { state: true }, heard: { state: true } };
  declare patient: Opened | undefined;
  declare user: string | undefined;
  /** What the banner has said, in order. A change to the visits alone is not counted. */
  declare heard: readonly string[];

  constructor() {
    super();
    this.user = 'demo-ed-nurse';
    this.heard = [];
  }

  protected override createRenderRoot() {
    return this;
  }

  protected override render() {
    const open =
      (nhsNumber: string, rest: Partial<Opened> = {}) =>
      () => {
        const encounter = crypto.randomUUID();
        this.patient = {
          nhsNumber,
          encounter,
          careSetting: 'emergency-department',
          baseUrl: '/cpis/FHIR/R4',
          ...rest,
        };
      };
    return html`
      <nav>
        <button id="open-aaliyah" @click=${open('9995124467')}>Aaliyah</button>
        <button id="open-yusuf" @click=${open('9996331520')}>Yusuf</button>
        <button id="scheduled" @click=${open('9995124467', { careSetting: 'general-practice' })}>
          Aaliyah, in general practice
        </button>
        <button id="fail" @click=${open('9996331520', { baseUrl: '/faults/status-503/cpis/FHIR/R4' })}>
          Yusuf, while the register is down
        </button>
        <button id="close" @click=${() => (this.patient = undefined)}>Close</button>
        <button id="sign-out" @click=${this.#signOut}>Sign out</button>
        <button id="sign-in" @click=${() => (this.user = 'demo-ed-nurse')}>Sign in</button>
      </nav>
      <cp-is-banner
        .nhsNumber=${this.patient?.nhsNumber}
        .nhsNumberStatus=${'verified'}
        .encounter=${this.patient?.encounter}
        .careSetting=${this.patient?.careSetting}
        .baseUrl=${this.patient?.baseUrl}
        .user=${this.user}
        .accessToken=${token}
        @cp-is-change=${this.#hear}
      >
        CP-IS not checked
      </cp-is-banner>
      <output id="heard">${this.heard.join(', ')}</output>
    `;
  }

  /** Clears the bound patient and the bound user in one update, so that Lit knows of both. */
  #signOut() {
    this.patient = undefined;
    this.user = undefined;
    CpIsBanner.signOut();
  }

  #hear({ status, reason }: CpIsChangeEvent) {
    const said = [status, reason].join(' ').trim();
    if (this.heard.at(-1) !== said) this.heard = [...this.heard, said];
  }
}

customElements.define('host-epr', Epr);
