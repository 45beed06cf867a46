import { Agent, request } from 'node:http';

import { MOST_STREAMS } from '../../demo/register/authorities/stream.js';
import { median } from '../statistics.js';
import { authorities } from './children.js';
import { measureReads } from './reads.js';

/** Keeps streams of this many authorities open while the work is done. */
const withStreams = async <Result>(url: string, count: number, work: () => Promise<Result>): Promise<Result> => {
  const agent = new Agent({ keepAlive: true });
  const listed = (await (await fetch(`${url}/local-authorities`)).json()) as { code: string }[];
  const most = Math.ceil(count / MOST_STREAMS);
  const codes = listed.map(({ code }) => code).filter((code) => !authorities.includes(code));
  const desks = [...authorities, ...codes].slice(0, most);
  const open = (index: number) =>
    new Promise<void>((resolve, reject) => {
      const code = desks[index % desks.length] ?? '';
      const headers = { Authorization: `Bearer demo-la-${code}`, 'Last-Event-ID': '999999999' };
      request(`${url}/local-authorities/${code}/notifications/stream`, { agent, headers }, (response) => {
        if (response.statusCode !== 200)
          reject(new Error(`A stream was refused: ${response.statusCode ?? 'no answer'}`));
        response.on('error', () => undefined).once('data', () => resolve());
      })
        .on('error', reject)
        .end();
    });
  try {
    for (let from = 0; from < count; from += 100)
      await Promise.all(Array.from({ length: Math.min(100, count - from) }, (_, index) => open(from + index)));
    return await work();
  } finally {
    agent.destroy();
  }
};

/** Reads with all streams open and with none, in turns, and the ratio of the medians. */
export const measureStreams = async (
  register: string,
  url: string,
  count: number,
  seconds: number,
): Promise<Record<string, string | number>> => {
  const clients = 16;
  const read = async () => (await measureReads(url, clients, false, seconds)).perSecond;
  const without: number[] = [];
  const beside: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    without.push(await read());
    beside.push(await withStreams(url, count, read));
  }
  const [none, all] = [median(without), median(beside)];
  return {
    register,
    streams: count,
    'reads/s without': Math.round(none),
    'with them': Math.round(all),
    ratio: Number((all / none).toFixed(2)),
  };
};
