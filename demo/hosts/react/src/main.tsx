import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { Epr } from './epr';

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Epr />
  </StrictMode>,
);
