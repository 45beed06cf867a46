import { bootstrapApplication } from '@angular/platform-browser';
import 'cp-is-banner/define.js';

import { Epr } from './epr';

bootstrapApplication(Epr).catch((error: unknown) => console.error(error));
