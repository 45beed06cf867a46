import { readEpisode } from '../domain/care-setting.js';
import type { BannerView } from '../domain/banner-state.js';
import { isFresh } from '../domain/freshness.js';
import { cleanNhsNumber, isNhsNumber } from '../domain/nhs-number.js';
import { freshForOf, textOf } from './host-context.js';
import type { HostProperties } from './host-properties.js';
import { modelOf, type Model, type Reader } from './model.js';
import type { Said } from './said.js';

/** The model of what the banner says now, given what its reader has done and how its host has set it up. */
export function modelFor(host: HostProperties, said: Said, reader: Reader, isLong: boolean): Model {
  const { view, now, history } = said;
  const episode = readEpisode(textOf(host.careSetting), textOf(host.attendance));
  return modelOf({
    view,
    nhsNumber: shownNumberOf(host, view),
    now,
    history,
    service: textOf(host.service),
    isLong,
    canTryAgain: canTryAgain(host, said),
    attendance: view.asked?.open.attendance ?? ('attendance' in episode ? episode.attendance : undefined),
    setting: view.asked?.setting ?? ('setting' in episode ? episode.setting : undefined),
    layout: textOf(host.layout),
    discreet: host.discreet,
    outOfSync: host.outOfSync,
    officeHours: textOf(host.officeHours),
    homeAuthorities: textOf(host.homeAuthorities),
    reader,
  });
}

/** The number asked about, or that would be; "" when there is no valid one. */
export function shownNumberOf(host: HostProperties, { asked }: BannerView): string {
  const number = asked?.open.nhsNumber ?? cleanNhsNumber(textOf(host.nhsNumber));
  return isNhsNumber(number) ? number : '';
}

/** Whether the open's TraceID still lasts: with an encounter, as long as the page; else while an answer is fresh. */
export function canTryAgain(host: HostProperties, { view: { asked }, now }: Said): boolean {
  if (asked === undefined) return false;
  return asked.open.encounter !== '' || isFresh(asked.openedAt, freshForOf(host), now);
}
