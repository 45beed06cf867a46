import { Fragment, type SVGProps } from 'react';

import { words, type History } from './record.js';

const shapes = {
  circle: <circle r="4.5" />,
  triangle: <path d="M0-5.5 5.5 4.5h-11z" />,
  square: <path d="M-4-4h8v8h-8z" />,
};

/** The earlier visits on a line, for the contenders that draw with React. */
export const Drawing = ({ history, ...svg }: { readonly history: History } & SVGProps<SVGSVGElement>) => (
  <svg role="img" {...svg}>
    <rect x={`${history.recent}%`} y="16" width={`${97 - history.recent}%`} height="30" fill="#fff9c4" />
    <text x="98%" y="12" textAnchor="end">
      {history.in30Days}
    </text>
    <line x1="0" x2="100%" y1="46" y2="46" />
    {history.months.map(({ x, name }) => (
      <g key={name}>
        <line x1={`${x}%`} x2={`${x}%`} y1="43" y2="49" />
        <text x={`${x}%`} y="62">
          {name}
        </text>
      </g>
    ))}
    <text x="100%" y="62" textAnchor="end">
      Now
    </text>
    {history.marks.map(({ x, shape }) => (
      <svg key={x} x={`${x}%`} y="36" overflow="visible">
        {shapes[shape]}
      </svg>
    ))}
  </svg>
);

/** What each shape means. */
export const Legend = () =>
  words.legend.map(([shape, name]) => (
    <Fragment key={shape}>
      <svg width="14" height="14">
        <svg x="7" y="7" overflow="visible">
          {shapes[shape]}
        </svg>
      </svg>{' '}
      {name}{' '}
    </Fragment>
  ));
