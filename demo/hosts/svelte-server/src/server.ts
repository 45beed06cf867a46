import { render } from 'svelte/server';

import Epr from './Epr.svelte';

/** A page as the server sends it: the board, or a record that is open. */
export const page = (template: string, isOpen: boolean): string =>
  template
    .replace('<html', isOpen ? '<html data-open' : '<html')
    .replace('<div id="root">', `<div id="root">${render(Epr, { props: { isOpen } }).body}`);
