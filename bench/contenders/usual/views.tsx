import { Card, Table } from 'nhsuk-react-components';
import { Fragment } from 'react';

import { words, type History } from '../shared/record.js';

interface Props {
  readonly history: History;
}

const shapes = {
  circle: <circle r="4.5" />,
  triangle: <path d="M0-5.5 5.5 4.5h-11z" />,
  square: <path d="M-4-4h8v8h-8z" />,
};

export function HowOften({ history: { byService, in30Days, recent, months, marks } }: Props) {
  return (
    <Card>
      <Card.Heading headingLevel="h3">{words.howOften}</Card.Heading>
      <p>{byService}</p>
      <svg className="strip" role="img">
        <rect x={`${recent}%`} y="16" width={`${97 - recent}%`} height="30" fill="#fff9c4" />
        <text x="98%" y="12" textAnchor="end">
          {in30Days}
        </text>
        <line x1="0" x2="100%" y1="46" y2="46" />
        {months.map(({ x, name }) => (
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
        {marks.map(({ x, shape }) => (
          <svg key={x} x={`${x}%`} y="36" overflow="visible">
            {shapes[shape]}
          </svg>
        ))}
      </svg>
      <p>
        {words.legend.map(([shape, name]) => (
          <Fragment key={shape}>
            <svg width="14" height="14">
              <svg x="7" y="7" overflow="visible">
                {shapes[shape]}
              </svg>
            </svg>{' '}
            {name}{' '}
          </Fragment>
        ))}
      </p>
    </Card>
  );
}

export default function Views({ history: { visits } }: Props) {
  return (
    <>
      <Table caption={words.caption}>
        <Table.Head>
          <Table.Row>
            {words.columns.map((column) => (
              <Table.Cell key={column}>{column}</Table.Cell>
            ))}
          </Table.Row>
        </Table.Head>
        <Table.Body>
          {visits.map(({ at, place, viewer }) => (
            <Table.Row key={`${at}${viewer}`}>
              <Table.Cell>{at}</Table.Cell>
              <Table.Cell>{place}</Table.Cell>
              <Table.Cell>{viewer}</Table.Cell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
      <p>{words.note}</p>
    </>
  );
}
