import { accessHistory, type AccessHistory } from './access-history.js';
import { isEachViewItsOwn } from './care-setting.js';
import type { BannerView } from './banner-state.js';

/** What the earlier accesses say to the check of this view; `undefined` while they are not shown. */
export function historyOf({ visits, asked, answer }: BannerView, service: string): AccessHistory | undefined {
  if (visits.kind !== 'shown' || asked === undefined || answer === undefined) return undefined;
  // The clock of an answer that was kept somewhere says how old it is, not how far this computer's clock is off.
  const ahead = 'clock' in answer && !('kept' in answer) ? (answer.clock ?? 0) : 0;
  return accessHistory(visits.accesses, {
    isListed: asked.open.attendance === 'unscheduled',
    openedAt: asked.openedAt - ahead,
    respondedAt: visits.respondedAt,
    service,
    eachViewItsOwn: isEachViewItsOwn(asked.setting),
  });
}
