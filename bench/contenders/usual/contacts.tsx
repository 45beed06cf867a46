import { Button, Card } from 'nhsuk-react-components';

import { href, words, type Held } from '../shared/record.js';

export function Contacts({ held: { plans, atOffice, ring } }: { readonly held: Held }) {
  return (
    <Card feature>
      <Card.Heading headingLevel="h3">{ring}</Card.Heading>
      {plans.map(({ kind, authority, office, emergency }) => (
        <p key={`${kind}${authority}`}>
          {authority} <Phone shown={atOffice ? office : emergency} />
        </p>
      ))}
      <ul className="nhsuk-list">
        {plans.map(({ kind, authority, office, emergency }) => (
          <li key={`${kind}${authority}`}>
            {atOffice ? 'Emergency duty team' : 'Office'} <Phone shown={atOffice ? emergency : office} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Phone({ shown }: { readonly shown: string }) {
  return (
    <>
      <a href={href(shown)}>{shown}</a>{' '}
      <Button
        small
        secondary
        aria-label={`${words.copy} ${shown}`}
        onClick={() => void navigator.clipboard.writeText(shown)}
      >
        ⧉
      </Button>
    </>
  );
}
