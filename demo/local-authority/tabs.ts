/** The pages of the screen, and how many items wait on each. */
import { h, spoken } from '../epr/dom.js';
import { grouped } from './words.js';

export type Tab = 'inbox' | 'no-worker' | 'children' | 'upload' | 'to-correct' | 'birth';

const names: Readonly<Record<Tab, string>> = {
  inbox: 'Inbox',
  'no-worker': 'No allocated worker',
  children: 'Children',
  upload: 'Upload',
  'to-correct': 'To correct',
  birth: 'Record a birth',
};

export interface Tabs {
  element: HTMLElement;
  choose: (tab: Tab) => void;
  setCount: (tab: Tab, waiting: number) => void;
}

export const tabs = (): Tabs => {
  const links = new Map(
    (Object.keys(names) as Tab[]).map((tab) => {
      const waiting = h('span', { class: 'tabs__count', hidden: '' });
      return [tab, { link: h('a', { href: `#${tab}` }, names[tab], waiting), waiting }] as const;
    }),
  );
  return {
    element: h('ul', { class: 'tabs' }, ...[...links.values()].map(({ link }) => h('li', {}, link))),
    choose: (tab) => {
      for (const [name, { link }] of links) {
        if (name === tab) link.setAttribute('aria-current', 'page');
        else link.removeAttribute('aria-current');
      }
    },
    setCount: (tab, many) => {
      const waiting = links.get(tab)?.waiting;
      waiting?.replaceChildren(grouped(many), spoken(' waiting'));
      waiting?.toggleAttribute('hidden', many === 0);
    },
  };
};
