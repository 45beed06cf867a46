import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';

import './epr';

export default { title: 'EPR', component: 'cp-is-banner' } satisfies Meta;

export const Board: StoryObj = { render: () => html`<host-epr></host-epr>` };
