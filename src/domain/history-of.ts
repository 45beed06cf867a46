import { accessHistory, type AccessHistory } from './access-history.js';
import { isEachViewItsOwn } from './care-setting.js';
import type { BannerView } from './banner-state.js';

/** What the earlier accesses mean for this view's check; `undefined` while they are not shown. */
export function historyOf(
  { visits, asked, answer, clock = 0 }: BannerView,
  service: string,
): AccessHistory | undefined {
  if (visits.kind !== 'shown' || asked === undefined || answer === undefined) return undefined;
  return accessHistory(visits.accesses, {
    isListed: asked.open.attendance === 'unscheduled',
    openedAt: asked.openedAt - clock,
    respondedAt: visits.respondedAt,
    service,
    eachViewItsOwn: isEachViewItsOwn(asked.setting),
  });
}
