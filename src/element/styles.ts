import { css } from 'lit';

/**
 * One sheet for every tag on the page. Inside `.banner` nothing of the host's page is inherited; sizes are in `em` of
 * the reader's own font size; layout follows the tag's width, not the window's.
 */
export const styles = css`
  :host {
    /* Not even "banner { display: none }" of an ad blocker hides it by mistake; the attribute hidden does. */
    display: block !important;
    columns: auto !important;
    container-type: inline-size !important;
    /* The reader's own size, not the page's: every length below follows it, the container queries' too. */
    font-size: var(--cp-is-font-size, medium) !important;
  }
  :host([hidden]) {
    display: none !important;
  }

  .banner {
    all: initial;
    --text: var(--cp-is-text, var(--nhsuk-text-color, #212b32));
    --secondary: var(--cp-is-secondary, var(--nhsuk-secondary-text-color, #4c6272));
    --link: var(--cp-is-link, var(--nhsuk-link-color, #005eb8));
    --link-hover: var(--cp-is-link-hover, var(--nhsuk-link-hover-color, #7c2855));
    --rule: var(--cp-is-rule, var(--nhsuk-border-color, #d8dde0));
    --paper: var(--cp-is-background, #fff);
    --focus: var(--cp-is-focus, var(--nhsuk-focus-color, #ffeb3b));
    --focus-text: var(--cp-is-focus-text, var(--nhsuk-focus-text-color, #212b32));
    --edge: var(--cp-is-edge, #768692);
    --edge-line: var(--edge);
    --head: var(--paper);
    display: block;
    box-sizing: border-box;
    direction: ltr;
    unicode-bidi: isolate;
    /* A host that hides what the tag stands in hides the tag. */
    visibility: inherit;
    color-scheme: light;
    font: 1em/1.4 var(--cp-is-font, Arial, Helvetica, sans-serif);
    color: var(--text);
    background: var(--edge);
    border: 1px solid var(--rule);
    border-left: 2px solid var(--edge-line);
    padding-left: 6px;
    overflow-wrap: anywhere;
  }
  .sheet {
    display: flow-root;
    background: var(--paper);
  }
  .banner * {
    box-sizing: border-box;
  }
  .alert {
    --head: var(--cp-is-alert, #ffeb3b);
    --edge: var(--cp-is-alert-edge, #212b32);
  }
  .care {
    --head: var(--cp-is-care, #fff9c4);
    --edge: var(--cp-is-care-edge, #ffb81c);
    /* Amber alone does not stand out from white by 3:1; its outer line does. */
    --edge-line: var(--cp-is-care-edge-line, #8a5a00);
  }
  .ended {
    --head: var(--cp-is-ended, #f0f4f5);
    --edge: var(--cp-is-ended-edge, #4c6272);
  }
  .failed {
    --edge: var(--cp-is-failed-edge, #d5281b);
  }
  .veiled {
    --edge: var(--cp-is-ended-edge, #4c6272);
  }
  .scheduled {
    --head: var(--paper);
  }

  h2,
  h3,
  h4,
  p,
  ul {
    margin: 0;
    padding: 0;
    font-size: 1em;
    font-weight: normal;
    list-style: none;
  }
  strong {
    font-weight: bold;
  }
  .quiet,
  .note,
  h3,
  h4 {
    color: var(--secondary);
  }
  h3 {
    margin-bottom: 0.35em;
    font-size: 0.875em;
    font-weight: bold;
  }
  h4 {
    margin-top: 0.35em;
    font-size: 0.875em;
  }
  .note {
    font-size: 0.875em;
  }
  .heading {
    display: flex;
    align-items: center;
    gap: 0.75em;
    min-height: 3em;
    padding: 0.4em 1em;
    background: var(--head);
  }
  .says {
    flex: 1 1 12em;
    min-width: 0;
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.75em;
  }
  .none .says {
    display: block;
  }
  /* While checking, the room of an ordinary answer's heading is kept, so that the answer moves nothing. */
  .checking .says {
    display: grid;
  }
  .checking .says > * {
    grid-area: 1 / 1;
    align-self: center;
  }
  .likely {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.75em;
  }
  .likely,
  .checking .aside {
    visibility: hidden;
  }
  .checking .aside .link {
    display: block;
    min-height: 24px;
  }
  .scheduled.checking .heading {
    border-bottom: 1px solid transparent;
  }
  .likely b {
    font-size: 1.1875em;
    line-height: 1.25;
  }
  .compact .heading {
    min-height: 3.6em;
  }
  h2 {
    font-size: 1.1875em;
    font-weight: bold;
    line-height: 1.25;
  }
  .aside {
    flex: none;
    display: flex;
    align-items: center;
    gap: 0 0.5em;
    font-size: 0.875em;
  }
  .scheduled.alert .heading,
  .scheduled.care .heading,
  .scheduled.ended .heading {
    border-bottom: 1px solid var(--rule);
  }

  .icon {
    flex: none;
    width: 1.6em;
    height: 1.6em;
  }
  .ink {
    fill: var(--text);
  }
  .failed .ink {
    fill: var(--edge);
  }
  .paper {
    fill: var(--head);
  }
  .stroke,
  .paper-stroke {
    fill: none;
    stroke: var(--secondary);
    stroke-width: 2;
  }
  .paper-stroke {
    stroke: var(--paper);
    stroke-width: 2.6;
  }

  /* The contrast of the text, not a colour, carries it: it stands above every tone. */
  .sync {
    padding: 0.4em 1em;
    border-bottom: 1px solid var(--rule);
    font-weight: bold;
  }

  .why {
    padding: 0 1em 0.75em 3.35em;
  }
  .why p + p {
    margin-top: 0.35em;
  }

  .last-known {
    margin: 0 1em 0.75em 3.35em;
    padding: 0.5em 0.75em;
    border-left: 4px solid var(--rule);
    background: var(--cp-is-ended, #f0f4f5);
  }
  .last-known li {
    margin-top: 0.35em;
  }

  .details {
    display: flex;
    flex-direction: column;
  }
  .cell {
    flex: 1 1 0;
    min-width: 0;
    padding: 0.75em 1em;
  }
  .cell + .cell {
    border-top: 1px solid var(--rule);
  }
  .cell .note,
  .cell .telling,
  .says .telling {
    margin-top: 0.35em;
  }
  .kind {
    display: block;
    font-size: 1.0625em;
  }
  li + li {
    margin-top: 0.35em;
  }
  .tag {
    display: inline-block;
    padding: 0 0.4em;
    border: 1px solid currentColor;
    border-radius: 2px;
    font-size: 0.8125em;
    font-weight: bold;
    color: #003087;
    white-space: nowrap;
  }

  .ring {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.75em;
    padding: 0.5em 0.6em;
    border-left: 4px solid var(--link);
    border-radius: 3px;
    background: #e4eefa;
    max-width: 28em;
  }
  .ring + .ring {
    margin-top: 2px;
  }
  .who {
    flex: 1 1 auto;
  }
  .number {
    font-size: 1.1875em;
    font-weight: bold;
    white-space: nowrap;
  }
  .when {
    flex: 0 0 100%;
    font-size: 0.875em;
    color: var(--secondary);
  }
  .others {
    margin-top: 0.5em;
    font-size: 0.875em;
    color: var(--secondary);
  }

  a,
  .link {
    color: var(--link);
    text-decoration: underline;
    text-underline-offset: 0.15em;
    cursor: pointer;
  }
  button {
    min-width: 24px;
    min-height: 24px;
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: 0;
    font: inherit;
    color: inherit;
    background: none;
    cursor: pointer;
  }
  .phone {
    display: inline-block;
    min-height: 24px;
    white-space: nowrap;
  }
  /* What is not clearly one number is a text, and wraps as one. */
  span.phone {
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .copy {
    margin-left: 0.25em;
    padding: 0 4px;
    font-size: 14px;
    font-weight: normal;
    color: var(--secondary);
    vertical-align: baseline;
  }
  .copy .stroke {
    stroke: currentColor;
    stroke-width: 1.2;
  }
  .pair {
    white-space: nowrap;
  }
  a:hover,
  .link:hover {
    color: var(--link-hover);
  }
  .banner:focus {
    outline: none;
  }
  .banner:focus-visible {
    outline: 3px solid var(--focus-text);
    box-shadow: 0 0 0 6px var(--focus);
  }
  a:focus-visible,
  button:focus-visible {
    outline: 4px solid transparent;
    color: var(--focus-text);
    background: var(--focus);
    box-shadow:
      0 -2px var(--focus),
      0 4px var(--focus-text);
    text-decoration: none;
  }

  .strip {
    display: block;
    width: 100%;
    height: calc(34px + 1em);
    max-width: 35em;
    margin: 0.4em 0;
    font-size: 0.75em;
    overflow: visible;
  }
  .axis {
    stroke: var(--rule);
    stroke-width: 2;
  }
  .now {
    stroke: var(--text);
    stroke-width: 2;
  }
  .dot {
    fill: var(--link);
  }
  .month {
    fill: var(--secondary);
    text-anchor: middle;
  }
  .month:first-of-type {
    text-anchor: start;
  }
  .month.end {
    text-anchor: end;
  }

  .table {
    border-top: 1px solid var(--rule);
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 0.9375em;
  }
  th,
  td {
    padding: 0.5em 1em;
    border-bottom: 1px solid var(--rule);
    text-align: left;
    vertical-align: top;
  }
  th {
    font-size: 0.9375em;
    font-weight: bold;
    color: var(--secondary);
  }
  td {
    min-width: 6em;
  }
  td:first-child {
    white-space: nowrap;
  }
  .this-check td {
    font-weight: bold;
    background: #f0f4f5;
  }
  .table .note {
    padding: 0.5em 1.15em;
  }

  .foot {
    padding: 0.6em 1em;
    border-top: 1px solid var(--rule);
  }
  .foot > * {
    font-size: 0.9375em;
  }
  .foot > .small {
    font-size: 0.8125em;
  }

  .compact .cell {
    padding: 0.5em 0.75em;
    border: 0;
  }
  .compact .cell + .cell {
    padding-top: 0;
  }
  .compact .checked {
    display: none;
  }
  .compact .quiet,
  .compact .foot > * {
    font-size: 0.875em;
  }
  .compact .quiet .tag {
    font-size: 0.9375em;
  }
  .compact .heading,
  .compact .foot {
    padding-inline: 0.75em;
  }
  .printed {
    display: none;
    padding: 0.5em 1em;
    background: var(--paper);
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @container (min-width: 45em) {
    .banner:not(.compact, .panel) .details {
      flex-direction: row;
    }
    .banner:not(.compact, .panel) .cell + .cell {
      border-top: 0;
      border-left: 1px solid var(--rule);
    }
  }
  @container (max-width: 35em) {
    .heading {
      flex-wrap: wrap;
      gap: 0.25em 0.6em;
      padding: 0.5em 0.75em;
    }
    .cell,
    .foot {
      padding-inline: 0.75em;
    }
    .why {
      padding-inline: 2.95em 0.75em;
    }
    .last-known {
      margin-inline: 0.75em;
    }
    thead {
      position: absolute;
      clip-path: inset(50%);
    }
    tr {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: 0 0.75em;
      padding: 0.5em 0.75em;
      border-bottom: 1px solid var(--rule);
    }
    td {
      min-width: 0;
      padding: 0;
      border: 0;
    }
    td:nth-child(-n + 2) {
      grid-column: 1 / -1;
    }
    td:first-child {
      font-weight: bold;
      white-space: normal;
    }
    .this-check {
      background: #f0f4f5;
    }
    .table .note {
      padding-inline: 0.85em;
    }
  }

  @media (prefers-contrast: more) {
    .banner {
      --secondary: var(--text);
      --rule: var(--text);
      --link: #003087;
    }
  }
  @media (forced-colors: active) {
    .banner {
      border-left: 8px solid CanvasText;
      padding-left: 0;
    }
    .failed {
      border-left-style: double;
    }
    .ink,
    .failed .ink,
    .dot {
      fill: CanvasText;
    }
    .paper {
      fill: Canvas;
    }
    .month {
      fill: CanvasText;
    }
    .stroke,
    .axis,
    .now {
      stroke: CanvasText;
    }
    .paper-stroke {
      stroke: Canvas;
    }
    .copy .stroke {
      stroke: ButtonText;
    }
    .ring {
      border: 1px solid CanvasText;
      border-left: 4px solid LinkText;
    }
    .tag {
      color: CanvasText;
    }
    a:focus-visible,
    button:focus-visible {
      outline-color: Highlight;
    }
  }
  /* Details never leave the screen. */
  @media print {
    /* Held and none alike: the edge says nothing either. */
    .banner {
      padding: 0;
      border: 1px solid #4c6272;
      background: none;
    }
    .sheet,
    .unseen {
      display: none;
    }
    .printed {
      display: block;
    }
  }
`;
