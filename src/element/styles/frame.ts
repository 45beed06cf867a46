import { css } from 'lit';

/**
 * The frame, and what applies to everything in it. Nothing inside `.banner` is inherited from the host's page. Sizes
 * are in `em` of the reader's own font size: 14, 16, 19 and 22 px where that is 16. No control is under 1em. Layout
 * follows the tag's width, not the window's.
 */
export const frame = css`
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
    display: block;
    box-sizing: border-box;
    direction: ltr;
    unicode-bidi: isolate;
    /* A host that hides what the tag stands in hides the tag; one that is dark has it dark. */
    visibility: inherit;
    color-scheme: inherit;
    font: 1em/1.3 var(--cp-is-font, Arial, Helvetica, sans-serif);
    color: var(--text);
    /* Not under the border, whose seams Firefox would let it shine through. */
    background: var(--edge) padding-box;
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
  strong,
  .telling {
    font-weight: bold;
  }
  .quiet,
  .note,
  h3:not(.telling),
  h4 {
    color: var(--secondary);
  }
  .note,
  h3:not(.telling),
  h4 {
    font-size: 0.875em;
    line-height: 1.25;
  }
  /* Numbers and dates never break. */
  .whole {
    white-space: nowrap;
  }
  .tag {
    display: inline-block;
    padding: 0 0.5em;
    font-size: 0.875em;
    font-weight: bold;
    color: var(--tag-text);
    background: var(--tag);
    white-space: nowrap;
  }

  a,
  .link {
    color: var(--link);
    text-decoration: underline;
    text-underline-offset: 0.15em;
    cursor: pointer;
  }
  button,
  summary {
    min-width: 24px;
    min-height: 24px;
    cursor: pointer;
  }
  button {
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: 0;
    font: inherit;
    color: inherit;
    background: none;
  }
  /* Whatever is acted on has the size of plain text, among notes too. */
  :is(.note, .aside, .several .others) :is(a, button, .phone) {
    font-size: 1.1429em;
  }
  /* Room for a finger, without pushing the lines of a text apart. */
  .cell .link {
    margin-block: -3px;
  }
  .bordered {
    padding: 0.1em 0.5em;
    border: 1px solid var(--link);
    border-radius: 4px;
    color: var(--link);
    background: var(--paper);
  }
  a:hover,
  button:hover {
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
  button:focus-visible,
  summary:focus-visible {
    outline: 4px solid transparent;
    color: var(--focus-text);
    background: var(--focus);
    box-shadow:
      0 -2px var(--focus),
      0 4px var(--focus-text);
    text-decoration: none;
  }

  .unseen {
    all: initial;
    visibility: inherit;
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
    /* What is copied is what is seen. */
    user-select: none;
    -webkit-user-select: none;
  }
  .printed {
    display: none;
    padding: 0.5em 1em;
    background: var(--paper);
  }
`;
