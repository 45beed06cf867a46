'use client';

import { CpIsBanner as Tag, type CareSetting, type CpIsChangeEvent } from 'cp-is-banner';
import { CpIsBanner } from 'cp-is-banner/react';
import { useReducer, useState } from 'react';

interface Opened {
  nhsNumber: string;
  encounter: string;
  careSetting: CareSetting;
  baseUrl: string;
}

const opened = (nhsNumber: string, rest: Partial<Opened> = {}): Opened => ({
  nhsNumber,
  encounter: crypto.randomUUID(),
  careSetting: 'emergency-department',
  baseUrl: '/cpis/FHIR/R4',
  ...rest,
});

// Outside the component, because a function made by each rendering would be a new property value each time.
const token = () => Promise.resolve('demo-ed-nurse');

/** What the banner has said, in order. A change to the visits alone is not counted. */
function heardAfter(heard: readonly string[], { status, reason }: CpIsChangeEvent) {
  const said = [status, reason].join(' ').trim();
  return heard.at(-1) === said ? heard : [...heard, said];
}

/** With `isOpen` the server renders a record; without it, a board. */
export function Epr({ isOpen }: { isOpen: boolean }) {
  const [patient, setPatient] = useState(() => (isOpen ? opened('9995124467') : undefined));
  const [user, setUser] = useState<string | undefined>('demo-ed-nurse');
  const [heard, hear] = useReducer(heardAfter, []);
  /** Clears the bound patient and the bound user in one update, so that React knows of both. */
  const signOut = () => {
    setPatient(undefined);
    setUser(undefined);
    Tag.signOut();
  };
  return (
    <>
      <nav>
        <button id="open-aaliyah" onClick={() => setPatient(opened('9995124467'))}>
          Aaliyah
        </button>
        <button id="open-yusuf" onClick={() => setPatient(opened('9996331520'))}>
          Yusuf
        </button>
        <button id="scheduled" onClick={() => setPatient(opened('9995124467', { careSetting: 'general-practice' }))}>
          Aaliyah, in general practice
        </button>
        <button
          id="fail"
          onClick={() => setPatient(opened('9996331520', { baseUrl: '/faults/status-503/cpis/FHIR/R4' }))}
        >
          Yusuf, while the register is down
        </button>
        <button id="close" onClick={() => setPatient(undefined)}>
          Close
        </button>
        <button id="sign-out" onClick={signOut}>
          Sign out
        </button>
        <button id="sign-in" onClick={() => setUser('demo-ed-nurse')}>
          Sign in
        </button>
      </nav>
      <CpIsBanner
        nhsNumber={patient?.nhsNumber}
        nhsNumberStatus="verified"
        encounter={patient?.encounter}
        careSetting={patient?.careSetting}
        baseUrl={patient?.baseUrl}
        user={user}
        accessToken={token}
        oncp-is-change={hear}
      />
      <output id="heard">{heard.join(', ')}</output>
    </>
  );
}
