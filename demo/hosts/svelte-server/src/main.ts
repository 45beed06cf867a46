import { hydrate } from 'svelte';

import Epr from './Epr.svelte';

const isOpen = document.documentElement.dataset['open'] !== undefined;
hydrate(Epr, { target: document.getElementById('root')!, props: { isOpen } });
