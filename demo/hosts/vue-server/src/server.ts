import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';

import Epr from './Epr.vue';

/** A page as the server sends it: the board, or a record that is open. */
export const page = async (template: string, isOpen: boolean): Promise<string> =>
  template
    .replace('<html', isOpen ? '<html data-open' : '<html')
    .replace('<div id="root">', `<div id="root">${await renderToString(createSSRApp(Epr, { isOpen }))}`);
