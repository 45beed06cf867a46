import { createApp } from 'vue';

import Epr from './Epr.vue';

createApp(Epr).mount('#root');
