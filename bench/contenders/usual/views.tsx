import { Card, Table } from 'nhsuk-react-components';

import { Drawing, Legend } from '../shared/drawing.js';
import { words, type History } from '../shared/record.js';

interface Props {
  readonly history: History;
}

export const HowOften = ({ history }: Props) => (
  <Card>
    <Card.Heading headingLevel="h3">{words.howOften}</Card.Heading>
    <p>{history.byService}</p>
    <Drawing history={history} className="strip" />
    <p>
      <Legend />
    </p>
  </Card>
);

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
