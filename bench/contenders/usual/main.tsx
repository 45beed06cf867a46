// The usual: what a team that knows its tools would build from the NHS's own React components. The entry shows
// "Checking" at once. The table of views is a chunk of its own, fetched while the register is asked.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';

import { letBenchOpen, readStage } from '../shared/stage.js';
import { Banner } from './banner.js';
import './usual.scss';

const stage = readStage();
const client = new QueryClient({
  defaultOptions: { queries: { staleTime: 300_000, retry: 1, refetchOnWindowFocus: false, refetchOnReconnect: false } },
});

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
      {nhsNumber === '' ? null : <Banner nhsNumber={nhsNumber} stage={stage} />}
    </div>
  ));
}

createRoot(stage.main).render(
  <QueryClientProvider client={client}>
    <App />
  </QueryClientProvider>,
);
