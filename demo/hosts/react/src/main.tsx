import { createRoot } from 'react-dom/client';

import { Epr } from './epr';

createRoot(document.getElementById('root')!).render(<Epr />);
