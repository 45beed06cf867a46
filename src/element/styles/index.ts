import { css } from 'lit';

import { cells } from './cells.js';
import { colours } from './colours.js';
import { details } from './details.js';
import { frame } from './frame.js';
import { heading } from './heading.js';
import { otherScreens } from './other-screens.js';

/** One sheet for every tag on the page: the parts are joined as text, so that the browser parses one. */
export const styles = css`
  ${frame} ${colours} ${heading} ${cells} ${details} ${otherScreens}
`;
