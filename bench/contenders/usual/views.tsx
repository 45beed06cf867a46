import { Table } from 'nhsuk-react-components';

import { words, type History } from '../shared/record.js';

interface Props {
  readonly history: History;
}

export function Summary({ history: { atLeast, times, rest, months, dots } }: Props) {
  return (
    <>
      <p>
        CP-IS viewed {atLeast}
        <strong>{times}</strong>
        {rest}
      </p>
      <svg className="strip" role="img">
        <line x1="0" x2="100%" y1="32" y2="32" />
        {months.map(({ x, name }) => (
          <text key={name} x={`${x}%`} y="46">
            {name}
          </text>
        ))}
        <text x="100%" y="46" textAnchor="end">
          Now
        </text>
        {dots.map((x) => (
          <circle key={x} cx={`${x}%`} cy="26" r="4" />
        ))}
      </svg>
    </>
  );
}

export default function Views({ history: { visits, oldest } }: Props) {
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
          {visits.map(({ at, place, viewer, role }) => (
            <Table.Row key={`${at}${viewer}`}>
              <Table.Cell>{at}</Table.Cell>
              <Table.Cell>{place}</Table.Cell>
              <Table.Cell>{viewer}</Table.Cell>
              <Table.Cell>{role}</Table.Cell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
      <p>
        {oldest}
        {words.note}
      </p>
    </>
  );
}
