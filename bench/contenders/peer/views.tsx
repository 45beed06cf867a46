import { Table, Text } from '@mantine/core';

import { words, type History } from '../shared/record.js';

interface Props {
  readonly history: History;
}

export function Summary({ history: { atLeast, times, rest, months, dots } }: Props) {
  return (
    <>
      <Text>
        CP-IS viewed {atLeast}
        <strong>{times}</strong>
        {rest}
      </Text>
      <svg width="100%" height="52" role="img">
        <line x1="0" x2="100%" y1="32" y2="32" stroke="#768692" />
        {months.map(({ x, name }) => (
          <text key={name} x={`${x}%`} y="46" fontSize="12">
            {name}
          </text>
        ))}
        <text x="100%" y="46" fontSize="12" textAnchor="end">
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
      <Table>
        <Table.Caption>{words.caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {words.columns.map((column) => (
              <Table.Th key={column}>{column}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {visits.map(({ at, place, viewer, role }) => (
            <Table.Tr key={`${at}${viewer}`}>
              <Table.Td>{at}</Table.Td>
              <Table.Td>{place}</Table.Td>
              <Table.Td>{viewer}</Table.Td>
              <Table.Td>{role}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text>
        {oldest}
        {words.note}
      </Text>
    </>
  );
}
