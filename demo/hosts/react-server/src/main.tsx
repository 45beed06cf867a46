import { hydrateRoot } from 'react-dom/client';

import { Epr } from './epr';

const isOpen = document.documentElement.dataset['open'] !== undefined;
hydrateRoot(document.getElementById('root')!, <Epr isOpen={isOpen} />, {
  onRecoverableError: (error) => console.error(error),
});
