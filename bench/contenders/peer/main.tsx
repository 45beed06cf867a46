// The clinical peer: Medplum's client and provider, and Mantine, on which Medplum's own components are built.
import { createTheme, MantineProvider } from '@mantine/core';
import { MedplumClient } from '@medplum/core';
import { MedplumProvider } from '@medplum/react-hooks';
import { useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';

import { letBenchOpen, readStage } from '../shared/stage.js';
import { Banner } from './banner.js';
import './styles.js';

const stage = readStage();
const medplum = new MedplumClient({
  baseUrl: location.origin,
  fhirUrlPath: stage.base.slice(1),
  // The register says no-store. What has been asked once for a patient is not asked again at once.
  cacheTime: 10_000,
});
const theme = createTheme({ primaryColor: 'blue' });

let numbers = stage.numbers;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

letBenchOpen((index, nhsNumber) => {
  numbers = numbers.with(index, nhsNumber);
  for (const listener of listeners) listener();
});

function App() {
  return useSyncExternalStore(subscribe, () => numbers).map((nhsNumber, index) => (
    <div key={index} data-banner>
      {nhsNumber === '' ? null : <Banner key={nhsNumber} nhsNumber={nhsNumber} stage={stage} />}
    </div>
  ));
}

createRoot(stage.main).render(
  <MedplumProvider medplum={medplum}>
    <MantineProvider theme={theme}>
      <App />
    </MantineProvider>
  </MedplumProvider>,
);
