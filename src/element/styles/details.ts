import { css } from 'lit';

/** What Details opens: the plans, the drawing, the table. */
export const details = css`
  li + li,
  h4 + ul + h4 {
    margin-top: 0.25em;
  }
  .kind {
    display: block;
  }
  .drawing {
    display: block;
    width: 100%;
    height: calc(54px + 1.2em);
    max-width: 46em;
    margin: 0.25em 0;
    font-size: 0.875em;
    overflow: visible;
    user-select: none;
    -webkit-user-select: none;
  }
  .recent {
    fill: var(--tag);
  }
  .axis {
    stroke: var(--secondary);
    stroke-width: 1;
  }
  .mark {
    fill: var(--paper);
    stroke: var(--link);
    stroke-width: 2;
  }
  .here {
    fill: var(--link);
  }
  .month {
    fill: var(--secondary);
    text-anchor: middle;
  }
  .month.first {
    text-anchor: start;
  }
  .month.end {
    text-anchor: end;
  }
  .legend svg {
    vertical-align: -2px;
    overflow: visible;
  }

  .table {
    border-top: 1px solid var(--rule);
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 0.4em 0.75em;
    border-bottom: 1px solid var(--rule);
    text-align: left;
    vertical-align: top;
  }
  th {
    font-size: 0.875em;
    font-weight: bold;
    color: var(--secondary);
  }
  td:first-child {
    width: 22%;
  }
  td:first-child strong {
    display: block;
  }
  td li {
    margin: 0;
  }
  .this-attendance {
    background: var(--shade);
  }
  .table .note {
    padding: 0.5em 0.75em;
  }

  @container (max-width: 24em) {
    .month.odd {
      display: none;
    }
  }
  @container (max-width: 43.74em) {
    thead {
      position: absolute;
      clip-path: inset(50%);
    }
    tr {
      display: block;
      padding: 0.4em 0.75em;
      border-bottom: 1px solid var(--rule);
    }
    td,
    td:first-child {
      display: block;
      width: auto;
      padding: 0;
      border: 0;
    }
    td:first-child {
      font-weight: bold;
    }
  }
`;
