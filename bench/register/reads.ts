import { Agent, request } from 'node:http';

import { careTeamUrl, readHeaders } from '../../test/campaigns/campaign.js';
import { held } from './children.js';

export interface Measured {
  perSecond: number;
  /** In milliseconds. */
  p50: number;
  p99: number;
}

export const summary = (latencies: number[], elapsed: number): Measured => {
  latencies.sort((one, other) => one - other);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? NaN;
  return { perSecond: latencies.length / elapsed, p50: at(0.5), p99: at(0.99) };
};

/** Opens by this many clients at once, for `seconds`. */
export const measureReads = async (
  url: string,
  clients: number,
  unscheduled: boolean,
  seconds: number,
): Promise<Measured> => {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const latencies: number[] = [];
  const began = performance.now();
  const until = began + seconds * 1000;
  let next = 0;
  const client = async () => {
    while (performance.now() < until) {
      const sent = performance.now();
      const nhsNumber = held[(next += 1) % held.length] ?? '';
      const headers = readHeaders('demo-ed-nurse', crypto.randomUUID(), unscheduled);
      await new Promise<void>((resolve, reject) => {
        request(careTeamUrl(url, nhsNumber), { agent, headers }, (response) => {
          response.resume().on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error('Refused'))));
        })
          .on('error', reject)
          .end();
      });
      latencies.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  return summary(latencies, (performance.now() - began) / 1000);
};
