import { Card, Table, Text, Title } from '@mantine/core';

import { Drawing, Legend } from '../shared/drawing.js';
import { words, type History } from '../shared/record.js';

interface Props {
  readonly history: History;
}

export const HowOften = ({ history }: Props) => (
  <Card>
    <Title order={3}>{words.howOften}</Title>
    <Text>{history.byService}</Text>
    <Drawing history={history} width="100%" height="66" stroke="#768692" />
    <Text>
      <Legend />
    </Text>
  </Card>
);

export default function Views({ history: { visits } }: Props) {
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
          {visits.map(({ at, place, viewer }) => (
            <Table.Tr key={`${at}${viewer}`}>
              <Table.Td>{at}</Table.Td>
              <Table.Td>{place}</Table.Td>
              <Table.Td>{viewer}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text>{words.note}</Text>
    </>
  );
}
