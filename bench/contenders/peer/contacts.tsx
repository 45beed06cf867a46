import { ActionIcon, Anchor, Card, Group, List, Text, Title } from '@mantine/core';

import { href, words, type Held } from '../shared/record.js';

export function Contacts({ held: { plans, atOffice, ring } }: { readonly held: Held }) {
  return (
    <Card>
      <Title order={3}>{ring}</Title>
      {plans.map(({ kind, authority, office, emergency }) => (
        <Group key={`${kind}${authority}`}>
          <Text>{authority}</Text>
          <Phone shown={atOffice ? office : emergency} />
        </Group>
      ))}
      <List>
        {plans.map(({ kind, authority, office, emergency }) => (
          <List.Item key={`${kind}${authority}`}>
            {atOffice ? 'Emergency duty team' : 'Office'} <Phone shown={atOffice ? emergency : office} />
          </List.Item>
        ))}
      </List>
    </Card>
  );
}

function Phone({ shown }: { readonly shown: string }) {
  return (
    <>
      <Anchor href={href(shown)}>{shown}</Anchor>{' '}
      <ActionIcon
        variant="subtle"
        aria-label={`${words.copy} ${shown}`}
        onClick={() => void navigator.clipboard.writeText(shown)}
      >
        ⧉
      </ActionIcon>
    </>
  );
}
