import { CpIsBanner, type CareSetting, type CpIsChangeEvent } from 'cp-is-banner';
import 'cp-is-banner/define.js';
import type {} from 'cp-is-banner/jsx';
import { useState } from 'react';

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

// Outside the component: a function made anew by each rendering would be a new property each time.
const token = () => Promise.resolve('demo-ed-nurse');
const noToken = () => Promise.reject(new Error('Signed out'));

export function Epr() {
  const [patient, setPatient] = useState<Opened>();
  const [user, setUser] = useState<string | undefined>('demo-ed-nurse');
  const [heard, setHeard] = useState('');
  const hear = ({ status, reason }: CpIsChangeEvent) => setHeard([status, reason].join(' ').trim());
  const signOut = () => {
    CpIsBanner.signOut();
    setUser(undefined);
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
        <button id="sign-out" onClick={signOut}>
          Sign out
        </button>
      </nav>
      <cp-is-banner
        nhsNumber={patient?.nhsNumber}
        nhsNumberStatus="verified"
        encounter={patient?.encounter}
        careSetting={patient?.careSetting}
        baseUrl={patient?.baseUrl}
        user={user}
        accessToken={user === undefined ? noToken : token}
        oncp-is-change={hear}
      >
        CP-IS not checked
      </cp-is-banner>
      <output id="heard">{heard}</output>
    </>
  );
}
