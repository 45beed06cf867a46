import { sunday } from '../../../fixtures/states.js';

/**
 * A host's page as a screen reader meets it: a button that opens the record, the patient's heading, which then takes
 * the focus, the tag, and a button below it. `opening` holds the properties that the tag is given when the record is
 * opened, and `back()` returns.
 */
export const wardPage = {
  // The page's clock stands still, so that on a slow machine no deadline passes and nothing grows old. A worker has a
  // clock of its own, so the register is asked from the page.
  head: `<script>
    globalThis.Worker = undefined;
    const real = globalThis.setTimeout;
    globalThis.setTimeout = (work, delay = 0, ...words) => real(work, delay < 1000 ? delay : 1e9, ...words);
    const now = Date.parse('${sunday}');
    globalThis.Date = class Date extends globalThis.Date {
      constructor(...parts) { parts.length === 0 ? super(now) : super(...parts); }
      static now() { return now; }
    };
  </script>
  <script type="module" src="cp-is-banner.js"></script>
  <script type="module">
    const tag = document.querySelector('cp-is-banner');
    const [open, patient] = ['open', 'patient'].map((id) => document.getElementById(id));
    open.addEventListener('click', () => {
      patient.textContent = 'JONES, Melanie';
      patient.focus();
      Object.assign(tag, globalThis.opening);
    });
    globalThis.back = () => {
      tag.clear();
      Object.assign(tag, { outOfSync: false, noAttendance: false });
      patient.textContent = '';
      open.focus();
    };
  </script>`,
  body: `<main>
    <h1>Emergency department</h1>
    <p><button id="open">Open the record</button></p>
    <h2 id="patient" tabindex="-1"></h2>
    <cp-is-banner>CP-IS not checked</cp-is-banner>
    <p><button>Save the triage</button></p>
  </main>`,
} as const;
