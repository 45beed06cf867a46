/** One authority's notifications as this page knows them, each once, by the register's number. */
import type { AllocatedWorker, Notification, Outcome } from '../shared/register-api.js';

export interface Inbox {
  add: (arrived: readonly Notification[]) => void;
  acknowledged: (ids: readonly number[], by: string, outcome: Outcome) => void;
  workerSet: (childId: string, worker: AllocatedWorker) => void;
  all: () => readonly Notification[];
  /** Calls `listener` after every change until the returned function is called. */
  onChange: (listener: (arrived: readonly Notification[]) => void) => () => void;
}

export const emptyInbox = (): Inbox => {
  const byId = new Map<number, Notification>();
  const listeners = new Set<(arrived: readonly Notification[]) => void>();
  const tell = (arrived: readonly Notification[]): void => {
    for (const listener of listeners) listener(arrived);
  };
  return {
    add: (arrived) => {
      const fresh = arrived.filter(({ id }) => !byId.has(id));
      // A notification that is delivered again may have been acknowledged elsewhere meanwhile.
      for (const notification of arrived) byId.set(notification.id, notification);
      tell(fresh);
    },
    acknowledged: (ids, acknowledgedBy, outcome) => {
      const acknowledgedAt = new Date().toISOString();
      for (const id of ids) {
        const notification = byId.get(id);
        if (notification) byId.set(id, { ...notification, acknowledgedAt, acknowledgedBy, outcome });
      }
      tell([]);
    },
    workerSet: (childId, allocatedWorker) => {
      for (const [id, notification] of byId) {
        if (notification.kind === 'access-to-service' && notification.child.id === childId)
          byId.set(id, { ...notification, allocatedWorker });
      }
      tell([]);
    },
    all: () => [...byId.values()],
    onChange: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
};
