import { createSSRApp } from 'vue';

import Epr from './Epr.vue';

const isOpen = document.documentElement.dataset['open'] !== undefined;
createSSRApp(Epr, { isOpen }).mount('#root');
