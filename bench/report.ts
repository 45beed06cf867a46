import type { Contender } from './build.js';
import type { Fetched } from './measures.js';
import type { Summary } from './statistics.js';

type By<Value> = Partial<Record<Contender, Value>>;

interface OpensSummary {
  readonly firstStatus: Summary;
  readonly firstVisits: Summary;
  readonly warmStatus: Summary;
  readonly warmVisits: Summary;
  readonly mainThread: Summary;
  readonly loop: Summary;
}

interface SwitchesSummary {
  readonly time: Summary;
  readonly longTasks: number;
  readonly longest: number;
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly workers: number;
}

export interface Speed {
  readonly throttle: number;
  readonly loadBefore: readonly number[];
  loadAfter?: readonly number[];
  navigation?: By<Summary>;
  opens?: By<OpensSummary>;
  switches?: By<SwitchesSummary>;
  tags?: Record<number, By<OpensSummary>>;
  shared?: { readonly workers: number; readonly sheets: number };
  growth?: Record<string, By<OpensSummary>>;
}

export interface Results {
  readonly at: string;
  readonly quick: boolean;
  readonly rounds: number;
  readonly machine: string;
  readonly bytes: By<readonly Fetched[]>;
  readonly speeds: Speed[];
}

const shown: readonly Contender[] = ['ours', 'before', 'limit', 'usual', 'peer'];
const heads = [
  ...['ours', 'before', 'the limit', 'the usual', 'the peer'],
  ...['ours / before', 'ours / limit', 'ours / usual', 'target'],
];

const number = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1));
const withSpread = ({ median, quartiles: [low, high] }: Summary): string =>
  `${number(median)} (${number(low)}–${number(high)})`;
const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function row(what: string, values: By<number>, texts: By<string>, target = ''): string {
  const ratio = (beside: Contender): string => {
    const [one, other] = [values.ours, values[beside]];
    return one === undefined || other === undefined || other === 0 ? '' : (one / other).toFixed(2);
  };
  const ratios = (['before', 'limit', 'usual'] as const).map(ratio);
  return line([what, ...shown.map((contender) => texts[contender] ?? ''), ...ratios, target]);
}

const map = <Value, Result>(by: By<Value> | undefined, to: (value: Value) => Result): By<Result> =>
  Object.fromEntries(Object.entries(by ?? {}).map(([contender, value]) => [contender, to(value)]));

const timeRow = (what: string, by: By<Summary>, target = ''): string =>
  row(
    what,
    map(by, ({ median }) => median),
    map(by, withSpread),
    target,
  );

const table = (title: string, first: string, rows: readonly string[]): string =>
  [`### ${title}`, '', line([first, ...heads]), line([first, ...heads].map(() => '---')), ...rows, ''].join('\n');

function bytesTable({ bytes }: Results): string {
  const sum = (pick: (file: Fetched) => number, which: RegExp) =>
    map(bytes, (files) => files.filter(({ name }) => which.test(name)).reduce((total, file) => total + pick(file), 0));
  const kilobytes = (by: By<number>): By<string> => map(by, (total) => (total / 1000).toFixed(1));
  const rows = (
    [
      ['page script', /^(?!.*worker).*\.js$/],
      ['worker', /worker/],
      ['style sheet', /\.css$/],
      ['all', /./],
    ] as const
  ).flatMap(([what, which]) =>
    (['gzip', 'brotli'] as const).map((format) => {
      const by = sum((file) => file[format], which);
      return row(`${what}, ${format}`, by, kilobytes(by));
    }),
  );
  return table('On the wire, kB (1,000 bytes)', 'until 25 views are shown', rows);
}

const pick = (by: By<OpensSummary> | undefined, of: keyof OpensSummary): By<Summary> => map(by, (one) => one[of]);

function opensTables(title: string, { navigation, opens }: Speed): readonly string[] {
  if (navigation === undefined || opens === undefined) return [];
  const loops = Object.values(pick(opens, 'loop')).map(withSpread).join(', ');
  const blank = navigation.blank === undefined ? '–' : withSpread(navigation.blank);
  return [
    table(`${title}: milliseconds, median (quartiles)`, '', [
      timeRow('navigation → “checking” painted', navigation, '≤ 1.25 × limit'),
      timeRow('first open → status painted', pick(opens, 'firstStatus'), '≤ 1.0 × usual'),
      timeRow('first open → 25 views painted', pick(opens, 'firstVisits')),
      timeRow('warm open → status painted', pick(opens, 'warmStatus'), '≤ 1.10 × before'),
      timeRow('warm open → 25 views painted', pick(opens, 'warmVisits')),
      timeRow('main thread, one warm open', pick(opens, 'mainThread')),
    ]),
    `Noise: a page that only writes “Checking” paints it after ${blank} ms; a fixed loop took ${loops} ms after each contender's opens.`,
    '',
  ];
}

function switchesTables(title: string, { switches }: Speed): readonly string[] {
  if (switches === undefined) return [];
  const counted = (what: string, of: 'longTasks' | 'longest' | 'nodes' | 'listeners', target = ''): string =>
    plain(
      what,
      map(switches, (one) => one[of]),
      target,
    );
  return [
    table(`${title}: patient after patient`, '', [
      timeRow(
        'one switch, to 25 views, ms',
        map(switches, ({ time }) => time),
        '≤ 1.0 × usual',
      ),
      counted('long tasks (over 50 ms)', 'longTasks', '0 at 4×'),
      counted('the longest task over 50 ms', 'longest'),
      plain(
        'heap kept, kB',
        map(switches, ({ heap }) => heap / 1000),
        '< 1,000',
      ),
      counted('nodes kept', 'nodes', '0'),
      counted('listeners kept', 'listeners', '0'),
    ]),
  ];
}

function tagsTables(title: string, { tags, shared }: Speed): readonly string[] {
  if (tags === undefined) return [];
  const rows = (of: 'warmVisits' | 'mainThread', what: string): readonly string[] => {
    const perTag = (count: number): By<number> => map(tags[count], (one) => one[of].median / count);
    const [one, each] = [perTag(1), perTag(50)];
    const ratios = Object.entries(each).map(([contender, time]) => [
      contender,
      time / (one[contender as Contender] ?? NaN),
    ]);
    return [
      plain(`${what}, one tag`, one),
      plain(`${what}, each of 50`, each),
      plain('50 : 1', Object.fromEntries(ratios) as By<number>, 'ours ≤ 1.3'),
    ];
  };
  return [
    table(`${title}: 50 tags on one page, scheduled care, ms per tag`, '', [
      ...rows('mainThread', 'main thread'),
      ...rows('warmVisits', 'to all painted'),
    ]),
    shared === undefined ? '' : `Ours with 50 tags: ${shared.workers} worker, ${shared.sheets} style sheet.\n`,
  ];
}

function growthTables(title: string, { growth }: Speed): readonly string[] {
  if (growth === undefined) return [];
  const rows = (of: keyof OpensSummary): readonly string[] =>
    Object.entries(growth).map(([what, by]) => timeRow(what, pick(by, of)));
  return [
    table(`${title}: as it grows, main thread for one warm open, ms`, '', rows('mainThread')),
    table(`${title}: as it grows, warm open → all painted, ms`, '', rows('warmVisits')),
  ];
}

function speedTables(speed: Speed): string {
  const { throttle, loadBefore, loadAfter } = speed;
  const title = throttle === 1 ? 'At full speed' : `Main thread ${throttle}× slower`;
  const load = (averages: readonly number[] | undefined): string => averages?.[0]?.toFixed(2) ?? '–';
  return [
    ...opensTables(title, speed),
    ...switchesTables(title, speed),
    ...tagsTables(title, speed),
    ...growthTables(title, speed),
    `Load average before and after: ${load(loadBefore)}, ${load(loadAfter)}.`,
    '',
  ].join('\n');
}

const plain = (what: string, by: By<number>, target = ''): string => row(what, by, map(by, number), target);

export const report = (results: Results): string =>
  [
    `${results.quick ? 'Quick run, ' : ''}${results.rounds} rounds, ${results.at}. ${results.machine}.`,
    '',
    bytesTable(results),
    ...results.speeds.map(speedTables),
  ].join('\n');
