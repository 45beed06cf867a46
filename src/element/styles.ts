import { css } from 'lit';

/**
 * One sheet for every tag on the page. Inside `.banner` nothing of the host's page is inherited; sizes are in `em` of
 * the reader's own font size; layout follows the tag's width, not the window's.
 */
export const styles = css`
  :host {
    display: block !important;
    container-type: inline-size;
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
    --edge: #aeb7bd;
    --head: var(--paper);
    display: block;
    box-sizing: border-box;
    direction: ltr;
    color-scheme: light;
    font: 1em/1.4 var(--cp-is-font, Arial, Helvetica, sans-serif);
    color: var(--text);
    background: var(--paper);
    border: 1px solid var(--rule);
    border-left: 8px solid var(--edge);
    overflow-wrap: break-word;
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
  }
  .ended {
    --head: var(--cp-is-ended, #f0f4f5);
    --edge: var(--cp-is-ended-edge, #4c6272);
  }
  .failed {
    --edge: var(--cp-is-failed-edge, #d5281b);
  }
  .veiled {
    --edge: #4c6272;
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
    flex: 1 1 auto;
    min-width: 0;
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.75em;
  }
  .none .says,
  .checking .says {
    display: block;
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
  .alert.scheduled .heading,
  .care.scheduled .heading,
  .ended.scheduled .heading {
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
  .line,
  .paper-line {
    fill: none;
    stroke: var(--secondary);
    stroke-width: 2;
  }
  .paper-line {
    stroke: var(--paper);
    stroke-width: 2.6;
  }
  .checking .icon .line {
    stroke: #aeb7bd;
  }

  .why {
    padding: 0 1em 0.75em 3.35em;
  }
  .why p + p {
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
  .cell .note {
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
    padding: 0 0.1em;
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
  .copy {
    margin-left: 0.15em;
    font-size: 0.875rem;
    font-weight: normal;
    vertical-align: middle;
  }
  .copy .line {
    stroke-width: 1.2;
  }
  a:hover,
  .link:hover {
    color: var(--link-hover);
  }
  a:focus-visible,
  button:focus-visible,
  h2:focus-visible {
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
    max-width: 26em;
    margin: 0.4em 0;
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
    font:
      10px Arial,
      Helvetica,
      sans-serif;
    fill: var(--secondary);
    text-anchor: middle;
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
    font-size: 0.9375em;
  }
  .small {
    font-size: 0.875em;
  }

  .compact {
    font-size: 0.9375em;
  }
  .compact .checked {
    display: none;
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @container (min-width: 720px) {
    .banner:not(.compact, .panel) .details {
      flex-direction: row;
    }
    .banner:not(.compact, .panel) .cell + .cell {
      border-top: 0;
      border-left: 1px solid var(--rule);
    }
  }
  @container (max-width: 560px) {
    .heading {
      flex-wrap: wrap;
      padding: 0.5em 0.75em;
    }
    .says {
      flex-basis: calc(100% - 3em);
    }
    .aside {
      margin-left: 2.65em;
    }
    .cell,
    .foot {
      padding-inline: 0.75em;
    }
    .why {
      padding-left: 3.1em;
    }
    thead {
      position: absolute;
      clip-path: inset(50%);
    }
    tr {
      display: block;
      padding: 0.4em 0.75em;
      border-bottom: 1px solid var(--rule);
    }
    td {
      display: block;
      padding: 0;
      border: 0;
    }
    .this-check {
      background: #f0f4f5;
    }
  }

  @media print {
    .details,
    .table,
    .foot {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .banner {
      border-left-color: CanvasText;
    }
    .ink,
    .dot {
      fill: CanvasText;
    }
    .paper {
      fill: Canvas;
    }
  }
`;
