import { css } from 'lit';

/** The line to read first. Checking and none have no other line, and are equally high. */
export const heading = css`
  .heading {
    display: flex;
    align-items: center;
    gap: 0.25em 0.75em;
    min-height: 2.5em;
    padding: 0.4em 1em 0.4em 0.75em;
    color: var(--text);
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
  .checking .says,
  .none .says {
    display: grid;
  }
  .checking .says > * {
    grid-area: 1 / 1;
    align-self: center;
  }
  .likely {
    visibility: hidden;
  }
  h2 {
    font-size: 1.1875em;
    font-weight: bold;
    line-height: 1.25;
  }
  .aside {
    flex: none;
    max-width: 62%;
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    align-items: center;
    gap: 0 0.9em;
    font-size: 0.875em;
  }
  .stamp,
  .deeds {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    align-items: center;
    gap: 0 0.9em;
  }
  .deeds > span {
    min-height: 24px;
    font-size: 1.1429em;
  }
  .none .heading,
  .checking .heading {
    padding-block: 0.3em;
  }
  .none .aside,
  .checking .aside {
    flex-direction: column;
    align-items: end;
  }
  .none.newborn .aside,
  .checking.newborn .aside {
    max-width: 13.5em;
  }
  .aside .telling {
    max-width: 22em;
  }
  .silent.alert .heading,
  .silent.care .heading,
  .silent.ended .heading,
  .heading + .heading {
    border-top: 1px solid transparent;
    border-bottom: 1px solid var(--rule);
  }

  .icon {
    flex: none;
    width: 1.5em;
    height: 1.5em;
  }
  .ink {
    fill: var(--text);
  }
  .failed .ink,
  .sync .ink {
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
    stroke: var(--head);
    stroke-width: 2.6;
  }

  @container (min-width: 43.75em) and (max-width: 64em) {
    .word {
      display: none;
    }
  }
  @container (max-width: 43.74em) {
    .heading {
      flex-wrap: wrap;
      padding-inline: 0.75em;
    }
    .aside,
    .stamp,
    .deeds {
      max-width: 100%;
      justify-content: start;
    }
    .none .aside,
    .checking .aside {
      align-items: start;
    }
  }
`;
