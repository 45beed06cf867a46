import { expect } from 'chai';
import { Fhir } from 'fhir';
import * as v from 'valibot';

import { fhircastHub } from '../../demo/peers/fhircast-hub.js';
import { Topic, type Subscriber } from '../../demo/peers/fhircast-topic.js';
import { hubMessage, operationOutcome } from '../fixtures/bodies.js';

const patient = (id: string): unknown => ({ key: 'patient', resource: { resourceType: 'Patient', id } });

/** Stricter than real clients and hubs, so what passes here passes elsewhere. */
describe('The demo’s FHIRcast hub follows STU3', () => {
  const bearer = { Authorization: 'Bearer any' };
  const form = { ...bearer, 'Content-Type': 'application/x-www-form-urlencoded' };
  const event = {
    timestamp: '2026-11-22T21:42:00.000Z',
    id: 'e-1',
    event: { 'hub.topic': 't', 'hub.event': 'Patient-open', context: [patient('p')] },
  };
  const subscribe = (fields: Record<string, string>) =>
    fhircastHub().request('/fhircast/hub', {
      method: 'POST',
      headers: form,
      body: new URLSearchParams({ 'hub.channel.type': 'websocket', ...fields }).toString(),
    });

  for (const type of ['application/fhir+json', 'application/json; charset=utf-8'])
    for (const address of ['/fhircast/hub', '/fhircast/hub/t'])
      it(`takes an event as ${type} at ${address}, and says who is open`, async () => {
        const hub = fhircastHub();
        const headers = { ...bearer, 'Content-Type': type };
        const taken = await hub.request(address, { method: 'POST', headers, body: JSON.stringify(event) });
        expect(taken.status).to.equal(202);
        const current: unknown = await (await hub.request('/fhircast/hub/t', { headers: bearer })).json();
        expect(current).to.deep.equal({
          'context.type': 'Patient',
          'context.versionId': 'e-1',
          context: event.event.context,
        });
      });

  it('says what it can do', async () => {
    const said = await fhircastHub().request('/fhircast/hub/.well-known/fhircast-configuration');
    expect(said.status).to.equal(200);
    expect(said.headers.get('Content-Type')).to.match(/^application\/json/);
    const can = (await said.json()) as Record<string, unknown>;
    expect(can).to.include({ websocketSupport: true, fhircastVersion: 'STU3', getCurrentSupport: true });
    expect(can['eventsSupported']).to.include.members(['Patient-open', 'SyncError', 'UserLogout']);
  });

  const at = (over: object): string => JSON.stringify({ ...event, ...over });
  const during = (over: object): string => at({ event: { ...event.event, ...over } });
  const bodies: [what: string, body: string, says: RegExp][] = [
    ['nothing', '', /timestamp/],
    ['no JSON', 'not json', /timestamp/],
    ['an empty object', '{}', /timestamp/],
    ['null', 'null', /timestamp/],
    ['a list', '[]', /timestamp/],
    ['at no time', at({ timestamp: 'soon' }), /ISO 8601/],
    ['at a day', at({ timestamp: '2026-11-22' }), /ISO 8601/],
    ['on no day', at({ timestamp: '2026-13-45T00:00:00Z' }), /ISO 8601/],
    ['without an id', at({ id: undefined }), /^id/],
    ['of a number for an id', at({ id: 7 }), /^id/],
    ['nothing that happened', at({ event: undefined }), /hub\.topic/],
    ['of no topic', during({ 'hub.topic': '' }), /hub\.topic/],
    ['of no name', during({ 'hub.event': undefined }), /hub\.event/],
    ['of a name that STU3 does not form', during({ 'hub.event': 'Patient-opened' }), /hub\.event/],
    ['of a name that every object has', during({ 'hub.event': '__proto__' }), /hub\.event/],
    ['without a context', during({ context: undefined }), /must be a list/],
    ['of a context that is no list', during({ context: {} }), /must be a list/],
    ['of parts without a key', during({ context: [{ resource: {} }] }), /needs a key/],
    ['of parts that are nothing', during({ context: [null] }), /needs a key/],
    ['an open without its patient', during({ context: [] }), /needs the Patient/],
    ['an open of a patient without an id', during({ context: [patient('')] }), /needs the Patient/],
    ['an encounter without one', during({ 'hub.event': 'encounter-OPEN' }), /needs the Encounter/],
  ];
  for (const [what, body, says] of bodies)
    it(`refuses an event that is ${what}, and says why`, async () => {
      const headers = { ...bearer, 'Content-Type': 'application/fhir+json' };
      for (const address of ['/fhircast/hub', '/fhircast/hub/t']) {
        const refused = await fhircastHub().request(address, { method: 'POST', headers, body });
        expect([refused.status, await refused.text()]).to.satisfy(
          ([status, text]: [number, string]) => status === 400 && says.test(text),
        );
        expect(refused.headers.get('Content-Type')).to.match(/^text\/plain/);
      }
    });

  for (const name of ['com.example.researchstudy-transmogrify', 'UserLogout', 'home-open', 'DiagnosticReport-select'])
    it(`takes ${name}`, async () => {
      const headers = { ...bearer, 'Content-Type': 'application/json' };
      const body = during({ 'hub.event': name, context: [] });
      expect((await fhircastHub().request('/fhircast/hub', { method: 'POST', headers, body })).status).to.equal(202);
    });

  const types: [type: string, address: string][] = [
    ['text/plain', '/fhircast/hub'],
    ['application/json-patch+json', '/fhircast/hub'],
    ['multipart/form-data; boundary=x', '/fhircast/hub'],
    ['', '/fhircast/hub'],
    ['application/x-www-form-urlencoded', '/fhircast/hub/t'],
  ];
  for (const [type, address] of types)
    it(`answers 415 to “${type}” at ${address}`, async () => {
      const headers = { ...bearer, ...(type !== '' && { 'Content-Type': type }) };
      const request = { method: 'POST', headers, body: new TextEncoder().encode(JSON.stringify(event)) };
      expect((await fhircastHub().request(address, request)).status).to.equal(415);
    });

  it('answers 401, in words, to a request without a token', async () => {
    const asked = await fhircastHub().request('/fhircast/hub', { method: 'POST', body: '' });
    expect([asked.status, await asked.text()]).to.deep.equal([401, 'A bearer token is needed']);
  });

  const whole = { 'hub.mode': 'subscribe', 'hub.topic': 't', 'hub.events': 'Patient-open' };
  const subscriptions: [what: string, fields: Record<string, string>, status: number, says: RegExp][] = [
    ['is whole', whole, 202, /^\{"hub\.channel\.endpoint":"ws:\/\/[^"]+"\}$/],
    ['asks for a lease', { ...whole, 'hub.lease_seconds': '60' }, 202, /endpoint/],
    ['is of another channel', { ...whole, 'hub.channel.type': 'webhook' }, 400, /channel\.type/],
    ['dances', { ...whole, 'hub.mode': 'dance' }, 400, /hub\.mode/],
    ['has no mode', { 'hub.topic': 't', 'hub.events': 'Patient-open' }, 400, /hub\.mode/],
    ['has no topic', { 'hub.mode': 'subscribe', 'hub.events': 'Patient-open' }, 400, /hub\.topic/],
    ['wants no events', { 'hub.mode': 'subscribe', 'hub.topic': 't' }, 400, /hub\.events/],
    ['wants no names', { ...whole, 'hub.events': 'Patient-open;Patient-close' }, 400, /hub\.events/],
    ['wants a lease of no time', { ...whole, 'hub.lease_seconds': '0' }, 400, /lease_seconds/],
    ['wants a lease of words', { ...whole, 'hub.lease_seconds': 'long' }, 400, /lease_seconds/],
    ['renews what never began', { ...whole, 'hub.channel.endpoint': 'ws://localhost/x' }, 404, /No such/],
    ['does not say what ends', { 'hub.mode': 'unsubscribe', 'hub.topic': 't' }, 400, /channel\.endpoint/],
    [
      'ends what never began',
      { 'hub.mode': 'unsubscribe', 'hub.topic': 't', 'hub.channel.endpoint': 'ws://localhost/x' },
      404,
      /No such/,
    ],
  ];
  for (const [what, fields, status, says] of subscriptions)
    it(`answers ${status} to a subscription that ${what}`, async () => {
      const answered = await subscribe(fields);
      expect(answered.status).to.equal(status);
      expect(await answered.text()).to.match(says);
      expect(answered.headers.get('Content-Type')).to.match(status === 202 ? /^application\/json/ : /^text\/plain/);
    });

  it('answers 400 to a subscription that gives a field twice', async () => {
    const body = `${new URLSearchParams({ 'hub.channel.type': 'websocket', ...whole }).toString()}&hub.topic=other`;
    const asked = await fhircastHub().request('/fhircast/hub', { method: 'POST', headers: form, body });
    expect([asked.status, await asked.text()]).to.deep.equal([400, 'hub.topic stands twice']);
  });

  it('does not renew, or end, the subscription of another topic', async () => {
    const hub = fhircastHub();
    const ask = (fields: Record<string, string>) =>
      hub.request('/fhircast/hub', {
        method: 'POST',
        headers: form,
        body: new URLSearchParams({ 'hub.channel.type': 'websocket', ...fields }).toString(),
      });
    const { 'hub.channel.endpoint': endpoint = '' } = (await (await ask(whole)).json()) as Record<string, string>;
    for (const mode of ['subscribe', 'unsubscribe'])
      expect(
        (await ask({ ...whole, 'hub.mode': mode, 'hub.topic': 'u', 'hub.channel.endpoint': endpoint })).status,
      ).to.equal(404);
    expect((await ask({ ...whole, 'hub.channel.endpoint': endpoint })).status).to.equal(202);
  });

  describe('keeps what is open', () => {
    const hub = fhircastHub();
    const current = async (): Promise<Record<string, unknown>> =>
      (await (await hub.request('/fhircast/hub/t', { headers: bearer })).json()) as Record<string, unknown>;
    const versions = new Set<unknown>();
    const study = { key: 'study', resource: { resourceType: 'ImagingStudy', id: 's' } };
    const steps: [name: string, context: unknown[], type: string, ids: unknown[]][] = [
      ['Patient-open', [patient('a')], 'Patient', [patient('a')]],
      ['ImagingStudy-open', [study], 'ImagingStudy', [study]],
      ['Patient-open', [patient('b')], 'Patient', [patient('b')]],
      ['Patient-close', [patient('b')], '', []],
      ['ImagingStudy-open', [study], 'ImagingStudy', [study]],
      ['Home-open', [], '', []],
    ];
    for (const [index, [name, context, type, open]] of steps.entries())
      it(`after ${name}: ${type || 'nothing'}, and a new version`, async () => {
        const headers = { ...bearer, 'Content-Type': 'application/fhir+json' };
        const body = JSON.stringify({
          ...event,
          id: `e-${index}`,
          event: { 'hub.topic': 't', 'hub.event': name, context },
        });
        await hub.request('/fhircast/hub', { method: 'POST', headers, body });
        const now = await current();
        expect(now).to.include({ 'context.type': type });
        expect(now['context']).to.deep.equal(open);
        expect(now['context.versionId']).to.be.a('string').that.is.not.empty;
        versions.add(now['context.versionId']);
        expect(versions.size).to.equal(index + 1);
      });

    it('for a topic that nobody has used: nothing, and a version', async () => {
      const said: unknown = await (await hub.request('/fhircast/hub/unused', { headers: bearer })).json();
      expect(said).to.include({ 'context.type': '' }).and.to.have.property('context.versionId').that.is.not.empty;
    });
  });

  describe('tells a topic’s subscribers', () => {
    const listener = (topic: Topic, name: string, ...events: string[]) => {
      const heard: Record<string, unknown>[] = [];
      const one: Subscriber = {
        id: name,
        endpoint: name,
        topic,
        name,
        events: new Set(events),
        send: (text) => heard.push(v.parse(hubMessage, JSON.parse(text))),
        close: () => undefined,
      };
      topic.join(one);
      const names = () => heard.slice(1).map(({ event: of }) => (of as Record<string, unknown>)['hub.event']);
      return { one, heard, names };
    };
    const open = (name: string, ...context: unknown[]) => ({
      timestamp: event.timestamp,
      id: `id-${name}`,
      event: { 'hub.topic': 't', 'hub.event': name, context },
    });

    it('about a patient whom another resource’s event opens, if they ask only for patients, and only once', () => {
      const topic = new Topic('t');
      const patients = listener(topic, 'patients', 'patient-open');
      const studies = listener(topic, 'studies', 'patient-open', 'imagingstudy-open');
      topic.publish(open('ImagingStudy-open', patient('a')));
      expect(patients.names()).to.deep.equal(['Patient-open']);
      expect(studies.names()).to.deep.equal(['ImagingStudy-open']);
      topic.publish(open('Patient-open', patient('a')));
      topic.publish(open('ImagingStudy-open', patient('a')));
      expect(patients.names()).to.deep.equal(['Patient-open', 'Patient-open']);
    });

    const answers: [status: string | undefined, others: string[]][] = [
      ['200', []],
      ['202', []],
      [undefined, []],
      ['409', ['SyncError']],
      ['404', ['SyncError']],
      ['500', ['SyncError']],
    ];
    for (const [status, others] of answers)
      it(`${others.length === 0 ? 'nothing' : 'a SyncError'} when one of them says ${status ?? 'no status'}`, () => {
        const topic = new Topic('t');
        const refusing = listener(topic, 'refusing', 'patient-open', 'syncerror');
        const other = listener(topic, 'other', 'syncerror');
        const deaf = listener(topic, 'deaf', 'patient-close');
        topic.publish(open('Patient-open', patient('a')));
        topic.acknowledge(refusing.one, { id: 'id-Patient-open', ...(status !== undefined && { status }) });
        topic.acknowledge(refusing.one, { id: 'never-sent', status: '409' });
        expect(other.names()).to.deep.equal(others);
        expect(refusing.names()).to.deep.equal(['Patient-open']);
        expect(deaf.names()).to.deep.equal([]);
        for (const said of other.heard.slice(1)) {
          expect(JSON.stringify(said)).to.contain('"code":"id-Patient-open"');
          const [{ resource }] = (said['event'] as { context: [{ resource: object }] }).context;
          v.parse(operationOutcome, resource);
          expect(new Fhir().validate(resource, { errorOnUnexpected: true }).valid).to.equal(true);
        }
        for (const each of [refusing, other, deaf]) topic.leave(each.one);
      });
  });
});
