import { mount } from 'svelte';

import Epr from './Epr.svelte';

mount(Epr, { target: document.getElementById('root')! });
