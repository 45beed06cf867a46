/** Shows whether alerts are arriving: unobtrusive while they are, plain when they are not. */
import { byId, h } from '../epr/dom.js';
import { londonTime } from '../epr/format.js';
import type { Connection } from './live.js';

const short: Readonly<Record<Connection, string>> = {
  connecting: 'Connecting…',
  connected: 'Live',
  lost: 'Not connected',
  refused: 'Not connected',
};

/** Shows the state of the connection. While it is lost, `since` is when that began. */
export const connectionView = (tryNow: () => void): ((state: Connection) => void) => {
  let since: Date | undefined;
  return (state) => {
    const mark = byId('connection');
    mark.textContent = short[state];
    mark.dataset['state'] = state;
    const box = byId('lost');
    if (state === 'connected' || state === 'connecting') {
      since = undefined;
      box.replaceChildren();
      return;
    }
    if (since) return;
    since = new Date();
    if (state === 'refused') {
      box.replaceChildren(
        h('p', {}, h('strong', {}, 'Not connected: the register refused this authority. '), 'No alert arrives here.'),
      );
      return;
    }
    const again = h('button', { type: 'button', class: 'link' }, 'Try now');
    again.addEventListener('click', tryNow);
    box.replaceChildren(
      h(
        'p',
        {},
        h('strong', {}, `Not connected since ${londonTime(since)}: new alerts do not arrive. `),
        'Nothing is lost: they come when the connection is back. Trying again… ',
        again,
      ),
    );
  };
};
