/**
 * The social worker's screen for one local authority. The address bar names the authority and the page, and a child
 * only by the register's opaque id. Nothing is logged, and nothing about anybody is stored.
 */
import { byId, h } from '../epr/dom.js';
import { authorityName, londonTime } from '../epr/format.js';
import { followClock } from '../toolbar/clock-door.js';
import type { LocalAuthorityListed, Notification } from '../shared/register-api.js';
import { itemsOf, needsAllocation, toAcknowledge } from './attendances.js';
import { birthPage } from './birth-page.js';
import { childPage } from './child-page.js';
import { childrenPage } from './children-page.js';
import { clientOf, faultText, localAuthorities } from './client.js';
import { connectionView } from './connection-view.js';
import { emptyInbox } from './inbox.js';
import { inboxPage, queuePage } from './inbox-page.js';
import { follow, type Following } from './live.js';
import type { Desk, Page } from './page.js';
import { tabs, type Tab } from './tabs.js';
import { toCorrectPage } from './to-correct-page.js';
import { uploadPage } from './upload-page.js';
import { settingName } from './words.js';

const ISLINGTON = 'E09000019';

const pages: Readonly<Record<string, readonly [page: Page, tab: Tab]>> = {
  inbox: [inboxPage, 'inbox'],
  'no-worker': [queuePage, 'no-worker'],
  children: [childrenPage, 'children'],
  child: [childPage, 'children'],
  upload: [uploadPage, 'upload'],
  'to-correct': [toCorrectPage, 'to-correct'],
  birth: [birthPage, 'birth'],
};

const navigation = tabs();
const who = { name: '' };
let desk: Desk | undefined;
let following: Following | undefined;
let leavePage: (() => void) | undefined;

const announce = (text: string): void => {
  byId('announce').textContent = text;
};

const showPage = (moveFocus: boolean): void => {
  if (!desk) return;
  const [name = '', argument = ''] = location.hash.slice(1).split('/');
  const [page, tab] = (Object.hasOwn(pages, name) ? pages[name] : undefined) ?? [inboxPage, 'inbox'];
  leavePage?.();
  const outlet = h('div', { class: 'page' });
  byId('page').replaceChildren(outlet);
  leavePage = page(outlet, desk, argument);
  navigation.choose(tab);
  scrollTo(0, 0);
  if (moveFocus) outlet.querySelector('h1')?.focus({ preventScroll: true });
  setTitle();
};

const setTitle = (): void => {
  if (!desk) return;
  const open = itemsOf(desk.inbox.all()).filter((item) => toAcknowledge(item).length > 0).length;
  const page = document.querySelector('.tabs [aria-current]')?.firstChild?.textContent ?? '';
  document.title = `${open === 0 ? '' : `(${open}) `}${page} – ${authorityName(desk.authority.name)} – children’s social care`;
};

const count = (): void => {
  if (!desk) return;
  const items = itemsOf(desk.inbox.all());
  navigation.setCount('inbox', items.filter((item) => toAcknowledge(item).length > 0).length);
  navigation.setCount('no-worker', items.filter(needsAllocation).length);
  setTitle();
};

/**
 * Says where the alert came from, but not the child's name: it is on the screen, and must not be read out in an
 * open-plan office.
 */
const announceArrivals = (arrived: readonly Notification[]): void => {
  const open = arrived.filter(({ acknowledgedAt }) => acknowledgedAt === null);
  const [one] = open;
  if (!one) return;
  if (open.length > 1) announce(`${open.length} new notices`);
  else if (one.kind === 'access-to-service') announce(`New alert: ${settingName(one.access.setting)}`);
  else announce(one.kind === 'opened-in-error' ? 'New note: opened in error' : 'New notice: NHS number not in use');
};

const openDesk = (authority: LocalAuthorityListed): void => {
  following?.stop();
  leavePage?.();
  leavePage = undefined;
  const [client, inbox] = [clientOf(authority.code), emptyInbox()];
  const countCorrections = (): void => {
    client.toCorrect().then(
      ({ length }) => {
        if (desk?.client === client) navigation.setCount('to-correct', length);
      },
      // The page itself says what is wrong, so its tab shows no number.
      () => navigation.setCount('to-correct', 0),
    );
  };
  desk = { authority, client, inbox, announce, who, corrected: countCorrections };
  inbox.onChange((arrived) => {
    count();
    announceArrivals(arrived);
  });
  following = follow(client, {
    onNotifications: inbox.add,
    onConnection: connectionView(() => following?.tryNow()),
  });
  count();
  countCorrections();
  showPage(false);
};

const chooseAuthority = (authorities: readonly LocalAuthorityListed[]): void => {
  const code = new URLSearchParams(location.search).get('authority') ?? ISLINGTON;
  const select = byId('choose') as HTMLSelectElement;
  const names = authorities.map(({ code, name }) => [code, authorityName(name)] as const);
  names.sort(([, one], [, other]) => one.localeCompare(other));
  select.replaceChildren(...names.map(([value, name]) => h('option', { value }, name)));
  const open = (wanted: string): void => {
    const authority = authorities.find((one) => one.code === wanted) ?? authorities[0];
    if (!authority) return;
    select.value = authority.code;
    openDesk(authority);
  };
  select.addEventListener('change', () => {
    // The previous authority's child must not stay in this authority's address.
    history.replaceState(null, '', `?authority=${select.value}#inbox`);
    open(select.value);
  });
  open(code);
};

const tick = (): void => {
  byId('clock').textContent = londonTime(new Date());
};

/** A fragment link would change the address, and here that means another page. */
byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  byId('main').focus();
});
addEventListener('hashchange', () => showPage(true));
byId('tabs').append(navigation.element);
setInterval(tick, 5_000);
tick();
// The page must use the register's clock: with another, an alert made now could seem to be from tomorrow.
const askClock = (): void => void followClock().catch(() => undefined);
addEventListener('focus', askClock);
askClock();

localAuthorities().then(chooseAuthority, (error: unknown) => {
  byId('lost').replaceChildren(h('p', {}, h('strong', {}, 'Not connected. '), faultText(error), ' Reload the page.'));
});
