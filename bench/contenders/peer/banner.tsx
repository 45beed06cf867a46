import { Alert, Badge, Button, Card, Group, List, SimpleGrid, Text, Title } from '@mantine/core';
import { useMedplum } from '@medplum/react-hooks';
import { lazy, Suspense, useEffect, useState } from 'react';

import { auditEventQuery, careTeamQuery, headersOf, type Accesses, type CareTeams } from '../shared/fhir.js';
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
  const medplum = useMedplum();
  const [held, setHeld] = useState<Held | null | 'failed'>();
  const [history, setHistory] = useState<History>();
  useEffect(() => {
    const stop = new AbortController();
    const options: RequestInit = { headers: headersOf(stage.setting), signal: stop.signal, cache: 'no-store' };
    const ask = async (): Promise<void> => {
      const careTeams = await medplum.search('CareTeam', careTeamQuery(nhsNumber), options);
      const read = readHeld(careTeams as unknown as CareTeams, nhsNumber) ?? null;
      if (stop.signal.aborted) return;
      setHeld(read);
      if (read === null) return;
      const accesses = await medplum.search('AuditEvent', auditEventQuery(nhsNumber), options);
      if (!stop.signal.aborted) setHistory(readHistory(accesses as unknown as Accesses));
    };
    ask().catch(() => {
      if (!stop.signal.aborted) setHeld('failed');
    });
    return () => {
      stop.abort();
    };
  }, [medplum, nhsNumber, stage]);
  if (held === undefined) return <Alert color="gray">{words.checking(stage.unscheduled)}</Alert>;
  if (held === 'failed') return <Alert color="red" title={words.notChecked} />;
  if (held === null)
    return (
      <Alert color="gray">
        <strong>{words.none}</strong> {words.noneRest}
      </Alert>
    );
  return <Record held={held} history={history} unscheduled={stage.unscheduled} />;
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
    <Alert color="yellow" aria-label={words.region}>
      <Group justify="space-between">
        <div>
          <Title order={2}>{heading}</Title>
          {only !== undefined && plans.length === 1 && (
            <Text>
              {only.since} · {only.authority}
            </Text>
          )}
        </div>
        <Group>
          <Text>{number}</Text>
          <Badge>{checked}</Badge>
          <Button size="compact-sm" variant="subtle">
            {words.copyForTheNotes}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => {
              setHidden(true);
            }}
          >
            {words.hide}
          </Button>
        </Group>
      </Group>
      <SimpleGrid cols={plans.length > 1 ? 3 : 2}>
        {plans.length > 1 && (
          <Card>
            <Title order={3}>{words.plans}</Title>
            <List>
              {plans.map(({ kind, since, authority }) => (
                <List.Item key={`${kind}${authority}`}>
                  <strong>{kind}</strong> {since} · {authority}
                </List.Item>
              ))}
            </List>
          </Card>
        )}
        <Contacts held={held} />
        <Card>
          <Title order={3}>{visitsHeading(history)}</Title>
          <Text>{history?.lines}</Text>
        </Card>
      </SimpleGrid>
      {history !== undefined && history.visits.length > 0 && (
        <Suspense>
          <HowOften history={history} />
          <Views history={history} />
        </Suspense>
      )}
      <Text>
        <strong>{unscheduled ? alert : words.silent}</strong> {words.alertRest}
      </Text>
      <Button size="compact-sm" variant="subtle">
        {words.openedInError}
      </Button>
    </Alert>
  );
}
