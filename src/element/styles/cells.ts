import { css } from 'lit';

/** The strip's second row: whom to ring, visits, what was done and what to do. Stacked in a narrow pane. */
export const cells = css`
  .cell {
    min-width: 0;
    padding: 0.35em 0.75em;
  }
  .cell + .cell,
  .cells,
  .more,
  .foot-stamp {
    border-top: 1px solid var(--rule);
  }
  .heading + .cells {
    border-top: 0;
  }
  .below {
    padding: 0.5em 0.75em;
  }
  .foot-stamp {
    padding: 0.5em 0.857em;
  }

  .ring {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: center;
    gap: 0 0.75em;
  }
  .others li {
    margin: 0;
  }
  /* Left, whom and beneath it the plans and the other line; right, the number for now. */
  .several .ring {
    display: grid;
    grid-template-columns: 1fr auto;
  }
  .several .ring > :nth-child(3) {
    grid-area: 1 / 2 / span 2;
  }
  [part='visits'] {
    display: grid;
  }
  [part='visits'] > * {
    grid-area: 1 / 1;
    min-width: 0;
  }
  .deed {
    font-size: 1.1429em;
  }

  span + ul.others:not(.said) {
    text-align: right;
  }
  .others,
  .when {
    color: var(--secondary);
    line-height: 1.15;
  }
  ul.said {
    flex: 1 1 100%;
  }
  .several .others,
  .when {
    font-size: 0.875em;
  }
  ul .when {
    display: block;
  }
  .number {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.75em;
    white-space: nowrap;
  }
  .number .phone {
    font-size: 1.375em;
    font-weight: bold;
    line-height: 1.15;
  }
  .number + .number {
    display: flex;
  }
  .phone {
    display: inline-block;
    min-height: 24px;
    margin-block: -2px;
    white-space: nowrap;
  }
  /* A finger's room around the number for now, which its neighbours need not give way to. */
  .number a {
    padding: 10px 0;
    margin: -9px 0;
  }
  /* What is not clearly one number is a text, and wraps as one. */
  span.phone {
    white-space: normal;
    overflow-wrap: anywhere;
  }

  .cell button.link {
    margin-right: 0.35em;
  }
  .last-known {
    margin: 0 0.75em 0.75em;
    padding: 0.5em 0.75em;
    border-left: 4px solid var(--rule);
    background: var(--shade);
  }
  .heading + .last-known {
    margin-top: 0.75em;
  }

  @container (min-width: 43.75em) {
    .banner:not(.compact) .cells {
      display: flex;
    }
    .banner:not(.compact) .cell {
      flex: 1 1 0;
    }
    .banner:not(.compact) [part='contacts'] {
      flex-grow: 1.2;
    }
    .banner:not(.compact) [part='visits'] {
      flex-grow: 1.1;
    }
    .banner:not(.compact) .cell.several {
      flex-grow: 2.2;
    }
    .banner:not(.compact) .several ~ [part='visits'] {
      flex-grow: 0.9;
    }
    .banner:not(.compact) .several ~ [part='foot'] {
      flex-grow: 1.5;
    }
    .banner:not(.compact) [part='foot']:first-child {
      flex-grow: 1.75;
    }
    .banner:not(.compact) [part='foot']:first-child + * {
      flex-grow: 1.36;
    }
    .banner:not(.compact) [part='foot']:first-child ~ [part='visits'] {
      flex-grow: 0.9;
    }
    .banner:not(.compact) .cell + .cell {
      border-top: 0;
      border-left: 1px solid var(--rule);
    }
  }
  @container (min-width: 64.01em) {
    .banner:not(.compact) span + ul.others:not(.said) {
      max-width: 10em;
    }
  }
  @container (min-width: 43.75em) and (max-width: 64em) {
    .banner:not(.compact) .cell {
      padding-block: 0.25em;
    }
    .banner:not(.compact) [part='contacts'] {
      flex-grow: 1.28;
    }
    .banner:not(.compact) [part='visits'] {
      flex-grow: 1;
    }
    .banner:not(.compact) [part='foot'] {
      flex-grow: 1.18;
    }
    .banner:not(.compact) .cell.several {
      flex-grow: 1.8;
    }
    .banner:not(.compact) .several ~ [part='visits'] {
      flex-grow: 0.79;
    }
    .banner:not(.compact) .several ~ [part='foot'] {
      flex-grow: 1.42;
    }
    .banner.silent:not(.compact) .several ~ [part='visits'] {
      flex-grow: 0.68;
    }
    .banner.silent:not(.compact) .several ~ [part='foot'] {
      flex-grow: 1.53;
    }
    .banner:not(.compact) .several .ring {
      line-height: 1.15;
    }
    .banner:not(.compact) .several .who {
      grid-column: 1 / -1;
    }
    .banner:not(.compact) .several .ring > :nth-child(3) {
      grid-row: 2;
    }
    .banner:not(.compact) span + ul.others:not(.said) {
      text-align: left;
    }
  }
  @container (max-width: 43.74em) {
    .several .ring,
    .several .others {
      display: block;
    }
    .several .ring + .ring {
      margin-top: 0.4em;
    }
    span + ul.others:not(.said) {
      text-align: left;
    }
  }
`;
