import { useQuery } from '@tanstack/react-query';
import { Button, Card, InsetText, Tag, WarningCallout } from 'nhsuk-react-components';
import { lazy, Suspense, useMemo, useState } from 'react';

import { auditEventQuery, careTeamQuery, headersOf, search, type Accesses, type CareTeams } from '../shared/fhir.js';
import { readHeld, readHistory, visitsHeading, words, type Held, type History } from '../shared/record.js';
import type { Stage } from '../shared/stage.js';
import { Contacts } from './contacts.js';

// React holds back for 300 ms what comes after a fallback. A chunk that has already loaded needs no fallback.
const viewsLoaded = import('./views.js');
const LazyViews = lazy(() => viewsLoaded);
const LazyHowOften = lazy(() => viewsLoaded.then(({ HowOften }) => ({ default: HowOften })));
let loaded: Awaited<typeof viewsLoaded> | undefined;
void viewsLoaded.then((views) => {
  loaded = views;
});

interface Props {
  readonly nhsNumber: string;
  readonly stage: Stage;
}

export function Banner({ nhsNumber, stage }: Props) {
  // A TraceID for each patient, used by both searches.
  const headers = useMemo(() => headersOf(stage.setting), [stage, nhsNumber]);
  const plans = useQuery({
    queryKey: ['care-team', nhsNumber],
    queryFn: ({ signal }) =>
      search<CareTeams>(`${stage.base}/CareTeam?${careTeamQuery(nhsNumber)}`, headers, signal).then(
        (bundle) => readHeld(bundle, nhsNumber) ?? null,
      ),
  });
  const accesses = useQuery({
    queryKey: ['audit-event', nhsNumber],
    queryFn: ({ signal }) =>
      search<Accesses>(`${stage.base}/AuditEvent?${auditEventQuery(nhsNumber)}`, headers, signal).then(readHistory),
    enabled: plans.data !== undefined && plans.data !== null,
  });
  if (plans.isPending) return <InsetText>{words.checking(stage.unscheduled)}</InsetText>;
  if (plans.isError)
    return (
      <WarningCallout>
        <WarningCallout.Heading>{words.notChecked}</WarningCallout.Heading>
      </WarningCallout>
    );
  if (plans.data === null)
    return (
      <InsetText>
        <strong>{words.none}</strong> {words.noneRest}
      </InsetText>
    );
  return <Record key={nhsNumber} held={plans.data} history={accesses.data} unscheduled={stage.unscheduled} />;
}

interface RecordProps {
  readonly held: Held;
  readonly history: History | undefined;
  readonly unscheduled: boolean;
}

function Record({ held, history, unscheduled }: RecordProps) {
  const Views = loaded?.default ?? LazyViews;
  const HowOften = loaded?.HowOften ?? LazyHowOften;
  const [hidden, setHidden] = useState(false);
  if (hidden) return null;
  const { plans, heading, checked, number, alert } = held;
  const [only] = plans;
  return (
    <WarningCallout aria-label={words.region}>
      <WarningCallout.Heading>{heading}</WarningCallout.Heading>
      {only !== undefined && plans.length === 1 && (
        <p>
          {only.since} · {only.authority}
        </p>
      )}
      <p>
        {number} <Tag>{checked}</Tag>
        <Button small secondary>
          {words.copyForTheNotes}
        </Button>
        <Button small secondary onClick={() => setHidden(true)}>
          {words.hide}
        </Button>
      </p>
      <div className="details">
        {plans.length > 1 && (
          <Card>
            <Card.Heading headingLevel="h3">{words.plans}</Card.Heading>
            <ul className="nhsuk-list">
              {plans.map(({ kind, since, authority }) => (
                <li key={`${kind}${authority}`}>
                  <strong>{kind}</strong> {since} · {authority}
                </li>
              ))}
            </ul>
          </Card>
        )}
        <Contacts held={held} />
        <Card>
          <Card.Heading headingLevel="h3">{visitsHeading(history)}</Card.Heading>
          <p>{history?.lines}</p>
        </Card>
      </div>
      {history !== undefined && history.visits.length > 0 && (
        <Suspense>
          <HowOften history={history} />
          <Views history={history} />
        </Suspense>
      )}
      <p>
        <strong>{unscheduled ? alert : words.silent}</strong> {words.alertRest}
      </p>
      <Button small secondary>
        {words.openedInError}
      </Button>
    </WarningCallout>
  );
}
