/** Groups alerts that may be one attendance. Pure. */
import type {
  AccessToService,
  ChildSeen,
  InactiveNhsNumber,
  Notification,
  OpenedInError,
  PlanSeen,
} from '../shared/register-api.js';

/** Views of one child at one service within one estimated visit, with the notes that take any of them back. */
export interface Attendance {
  kind: 'attendance';
  key: string;
  newest: string;
  child: ChildSeen;
  /** Oldest first; never empty. */
  alerts: readonly [AccessToService, ...AccessToService[]];
  notes: readonly OpenedInError[];
}

/** A notification that stands alone. */
export interface Notice {
  kind: 'notice';
  key: string;
  newest: string;
  child: ChildSeen;
  notification: InactiveNhsNumber | OpenedInError;
}

export type Item = Attendance | Notice;

/** Newest first. */
export const itemsOf = (notifications: readonly Notification[]): readonly Item[] => {
  const oldestFirst = [...notifications].sort((a, b) => a.id - b.id);
  const groups = new Map<string, { alerts: [AccessToService, ...AccessToService[]]; notes: OpenedInError[] }>();
  const keyOfAlert = new Map<number, string>();
  const notices: Notice[] = [];
  for (const one of oldestFirst) {
    if (one.kind === 'access-to-service') {
      const key = [one.child.id, one.access.organisation, one.visitBeganAt].join('|');
      keyOfAlert.set(one.id, key);
      const group = groups.get(key);
      if (group) group.alerts.push(one);
      else groups.set(key, { alerts: [one], notes: [] });
      continue;
    }
    const group = one.kind === 'opened-in-error' ? groups.get(keyOfAlert.get(one.about) ?? '') : undefined;
    if (group && one.kind === 'opened-in-error') group.notes.push(one);
    else notices.push({ kind: 'notice', key: `notice-${one.id}`, newest: one.at, child: one.child, notification: one });
  }
  const attendances = [...groups].map(([key, { alerts, notes }]): Attendance => ({
    kind: 'attendance',
    key,
    newest: [...alerts, ...notes].reduce((latest, { at }) => (at > latest ? at : latest), ''),
    child: alerts.at(-1)?.child ?? alerts[0].child,
    alerts,
    notes,
  }));
  return [...attendances, ...notices].sort((a, b) => b.newest.localeCompare(a.newest));
};

/** The numbers of the notifications that nobody has acknowledged yet. */
export const toAcknowledge = (item: Item): readonly number[] =>
  (item.kind === 'notice' ? [item.notification] : [...item.alerts, ...item.notes])
    .filter(({ acknowledgedAt }) => acknowledgedAt === null)
    .map(({ id }) => id);

/** PG9 3.4: every plan had ended, nobody has said that there is a worker, and nobody has dealt with the alert. */
export const needsAllocation = (item: Item): item is Attendance =>
  item.kind === 'attendance' &&
  latest(item).allEnded &&
  latest(item).allocatedWorker !== 'present' &&
  toAcknowledge(item).length > 0;

export const latest = ({ alerts }: Attendance): AccessToService => alerts.at(-1) ?? alerts[0];

/** Two views by one person are one member of staff. */
export const staffCount = ({ alerts }: Attendance): number =>
  new Set(alerts.map(({ access }) => `${access.viewer}|${access.role}`)).size;

/** Current plans before ended ones. Among the current: child protection, then unborn, then looked after. */
export const mostUrgentFirst = (plans: readonly PlanSeen[]): readonly PlanSeen[] =>
  [...plans].sort((a, b) => Number(a.ended) - Number(b.ended) || urgency.indexOf(a.type) - urgency.indexOf(b.type));

const urgency: readonly PlanSeen['type'][] = ['CPP', 'other', 'UCP', 'LAC'];

/** What decides the card's colour and first line, in the banner's own order of urgency. */
export const tone = (plans: readonly PlanSeen[]): 'urgent' | 'looked-after' | 'ended' => {
  const current = plans.filter(({ ended }) => !ended);
  if (current.length === 0) return 'ended';
  return current.every(({ type }) => type === 'LAC') ? 'looked-after' : 'urgent';
};
