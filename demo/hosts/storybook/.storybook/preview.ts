import { setCustomElementsManifest } from '@storybook/web-components-vite';
import manifest from 'cp-is-banner/custom-elements.json';

// What the tag takes and sends, for the table of its controls.
setCustomElementsManifest(manifest);
