import { expect } from 'chai';

import { fhircastHub } from '../../demo/peers/fhircast-hub.js';

/** Stricter than its users: what passes here passes elsewhere. */
describe('The demo’s FHIRcast hub follows STU3', () => {
  const bearer = { Authorization: 'Bearer any' };
  const form = { ...bearer, 'Content-Type': 'application/x-www-form-urlencoded' };
  const event = {
    timestamp: '2026-11-22T21:42:00.000Z',
    id: 'e-1',
    event: { 'hub.topic': 't', 'hub.event': 'Patient-open', context: [{ key: 'patient', resource: { id: 'p' } }] },
  };
  const subscribe = (fields: Record<string, string>) =>
    fhircastHub().request('/fhircast/hub', {
      method: 'POST',
      headers: form,
      body: new URLSearchParams({ 'hub.channel.type': 'websocket', ...fields }).toString(),
    });

  for (const type of ['application/fhir+json', 'application/json; charset=utf-8'])
    for (const address of ['/fhircast/hub', '/fhircast/hub/t'])
      it(`takes an event as ${type} at ${address}, and tells who is open`, async () => {
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
    expect(await said.json()).to.include({ websocketSupport: true, fhircastVersion: 'STU3' });
  });

  const bodies: [what: string, body: string][] = [
    ['nothing', ''],
    ['no JSON', 'not json'],
    ['an empty object', '{}'],
    ['null', 'null'],
    ['no topic', JSON.stringify({ ...event, event: { ...event.event, 'hub.topic': '' } })],
    ['no context', JSON.stringify({ ...event, event: { 'hub.topic': 't', 'hub.event': 'Patient-open' } })],
    ['no id', JSON.stringify({ timestamp: event.timestamp, event: event.event })],
  ];
  for (const [what, body] of bodies)
    it(`refuses an event that is ${what}`, async () => {
      const headers = { ...bearer, 'Content-Type': 'application/fhir+json' };
      for (const address of ['/fhircast/hub', '/fhircast/hub/t'])
        expect((await fhircastHub().request(address, { method: 'POST', headers, body })).status).to.equal(400);
    });

  const subscriptions: [what: string, fields: Record<string, string>, status: number][] = [
    ['is whole', { 'hub.mode': 'subscribe', 'hub.topic': 't', 'hub.events': 'Patient-open' }, 202],
    ['dances', { 'hub.mode': 'dance', 'hub.topic': 't', 'hub.events': 'Patient-open' }, 400],
    ['has no mode', { 'hub.topic': 't', 'hub.events': 'Patient-open' }, 400],
    ['has no topic', { 'hub.mode': 'subscribe', 'hub.events': 'Patient-open' }, 400],
    ['wants no events', { 'hub.mode': 'subscribe', 'hub.topic': 't' }, 400],
    ['ends what never began', { 'hub.mode': 'unsubscribe', 'hub.topic': 't' }, 404],
  ];
  for (const [what, fields, status] of subscriptions)
    it(`answers ${status} to a subscription that ${what}`, async () => {
      expect((await subscribe(fields)).status).to.equal(status);
    });
});
