/** The GP's screen: the surgery's appointments, and one patient's consultation record at a time. */
import { ageColumn, boardTable, figure, numberColumn, patientColumn, type Column } from '../epr/board-table.js';
import { byId, h } from '../epr/dom.js';
import { londonTime } from '../epr/format.js';
import { startScreen } from '../epr/list-and-record.js';
import { appointments, type Appointment } from './appointments.js';
import { consultationRecord } from './record-view.js';

const list = appointments(new Date());

const columns: readonly Column<Appointment>[] = [
  { name: 'Time', key: 'time', cell: ({ at }) => londonTime(at) },
  { name: 'Min', key: 'minutes', cell: ({ minutes }) => `${minutes}` },
  patientColumn,
  ageColumn,
  numberColumn,
  { name: 'Reason', key: 'reason', cell: ({ story }) => story.reason },
  { name: 'Type', key: 'type', cell: ({ story }) => story.mode },
  { name: 'Status', key: 'state', cell: ({ state }) => h('span', { class: 'state', 'data-state': state }, state) },
];

startScreen({
  name: 'Holloway Road Surgery',
  listName: 'Appointments',
  next: 'Next patient',
  staff: [{ id: 'demo-gp', name: 'Dr Fiona MACKENZIE', role: 'General practitioner' }],
  items: list,
  listed: () => list,
  drawList: (now) => {
    const count = (state: Appointment['state']): string => String(list.filter((one) => one.state === state).length);
    byId('board-summary').replaceChildren(
      figure(String(list.length), 'appointments'),
      figure(count('Arrived'), 'in the waiting room'),
      figure(count('Booked'), 'still to come'),
    );
    byId('board-table').replaceChildren(boardTable(columns, [{ items: list }], now));
  },
  record: consultationRecord,
});
