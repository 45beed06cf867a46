/** The call handler's screen: the waiting calls, and one call at a time with CP-IS in the pane beside it. */
import { ageColumn, boardTable, figure, numberColumn, patientColumn, type Column } from '../epr/board-table.js';
import { byId, h } from '../epr/dom.js';
import { duration } from '../epr/format.js';
import { startScreen } from '../epr/list-and-record.js';
import { calls, type Call } from './call.js';
import { callRecord, tickTimer } from './call-view.js';

const all = calls(new Date());

const listed = (): readonly Call[] => all.filter(({ ended }) => !ended);

const waited = ({ rang }: Call, now: Date): number => Math.floor((now.getTime() - rang.getTime()) / 60_000);

const columns: readonly Column<Call>[] = [
  { name: 'Call', key: 'call', cell: ({ label }) => label },
  {
    name: 'Priority',
    key: 'priority',
    cell: ({ story }) => h('span', { class: 'priority', 'data-priority': story.priority }, story.priority),
  },
  { name: 'Waiting', key: 'waiting', cell: (call, now) => (call.taken ? 'Taken' : duration(waited(call, now))) },
  patientColumn,
  ageColumn,
  numberColumn,
  { name: 'Caller', key: 'caller', cell: ({ story }) => story.caller },
  { name: 'Reason', key: 'reason', cell: ({ story }) => story.reason },
];

startScreen({
  name: 'NHS 111 London',
  listName: 'Calls',
  next: 'Take next call',
  staff: [{ id: 'demo-111', name: 'Duty team', role: 'Health adviser' }],
  items: all,
  listed,
  drawList: (now) => {
    const waiting = listed().filter(({ taken }) => taken === undefined);
    byId('board-summary').replaceChildren(
      figure(String(waiting.length), waiting.length === 1 ? 'call waiting' : 'calls waiting'),
      figure(duration(Math.max(0, ...waiting.map((call) => waited(call, now)))), 'longest wait'),
      figure(String(all.length - listed().length), 'ended by you'),
    );
    byId('board-table').replaceChildren(boardTable(columns, [{ items: listed() }], now));
  },
  record: (call, now) => {
    call.taken ??= now;
    return callRecord(call, () => {
      call.ended = true;
      const next = listed().find(({ taken }) => taken === undefined);
      location.hash = next ? next.id : 'board';
    });
  },
});
setInterval(tickTimer, 1_000);
