import { listeners } from './listeners.js';

/**
 * The React component: `dist/react.js`, and its types. React 19 sets the properties of a custom element only when it
 * renders it in the browser. On a server a name in camel case becomes an unknown attribute, and nothing is set when it
 * hydrates. So a server is given only the empty tag, and all properties are set in one layout effect: one task, one
 * open.
 *
 * @param properties what a host may set, in camel case
 * @param events the tag's events, by their names in the DOM
 */
export function reactComponent(properties: readonly string[], events: readonly string[]): string {
  const listeners = Object.fromEntries(events.map((name) => [`on${name}`, name]));
  return `'use client';
import { createElement, useLayoutEffect, useRef } from 'react';
import './define.js';

const properties = ${JSON.stringify(properties)};
const listeners = ${JSON.stringify(listeners)};

/** <cp-is-banner> in React 19, on a server too: nothing of a patient is in the server's HTML. */
export function CpIsBanner({ children = 'CP-IS not checked', ref, ...given }) {
  const tag = useRef(null);
  /** What a property was before it was set, for when it is set no more. */
  const before = useRef({});
  const rest = Object.fromEntries(
    Object.entries(given).filter(([name]) => !properties.includes(name) && listeners[name] === undefined),
  );

  useLayoutEffect(() => {
    const element = tag.current;
    for (const name of properties) {
      const isGiven = given[name] !== undefined;
      if (!isGiven && !(name in before.current)) continue;
      if (!(name in before.current)) before.current[name] = element[name];
      const value = isGiven ? given[name] : before.current[name];
      if (element[name] !== value) element[name] = value;
    }
  });

  useLayoutEffect(() => {
    const element = tag.current;
    const heard = Object.entries(listeners).filter(([name]) => given[name] !== undefined);
    for (const [name, event] of heard) element.addEventListener(event, given[name]);
    return () => {
      for (const [name, event] of heard) element.removeEventListener(event, given[name]);
    };
  });

  const keep = (element) => {
    tag.current = element ?? tag.current;
    if (typeof ref === 'function') return ref(element);
    if (ref) ref.current = element;
  };
  // The tag writes its own attributes, and may have done so before React looks.
  return createElement('cp-is-banner', { ...rest, ref: keep, suppressHydrationWarning: true }, children);
}
`;
}

export const reactTypes = `/**
 * <cp-is-banner> as a component of React 19: \`import { CpIsBanner } from 'cp-is-banner/react'\`. Also on a server, where
 * it is the empty tag: properties and listeners are set in the browser, together. Events: \`oncp-is-change={…}\`.
 */
import type { HTMLAttributes, ReactElement, Ref } from 'react';
import type { CpIsBannerEvents, CpIsBannerProperties } from './host.js';
import type { CpIsBanner as Tag } from './index.js';

${listeners}

export type CpIsBannerProps = Omit<HTMLAttributes<Tag>, keyof CpIsBannerProperties> &
  CpIsBannerProperties &
  Listeners & { ref?: Ref<Tag> | undefined };

export function CpIsBanner(props: CpIsBannerProps): ReactElement;
`;
