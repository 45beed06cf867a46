import { setCustomElementsManifest } from '@storybook/web-components-vite';
import manifest from 'cp-is-banner/custom-elements.json';

// The tag's attributes and events, for the table of controls.
setCustomElementsManifest(manifest);
