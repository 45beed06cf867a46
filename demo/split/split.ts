/** Health on the left, the local authority on the right. Both are the whole pages, in frames. */
import { byId } from '../epr/dom.js';

type Place = 'ed' | 'gp';

interface Shown {
  title: string;
  address: string;
  health: string;
  authority: string;
}

const places: Readonly<Record<Place, Shown>> = {
  ed: {
    title: 'Emergency department',
    address: '/demo/ed/',
    health: 'Unscheduled care: open a patient, such as Sadia Begum, and an alert leaves.',
    authority: 'The alert appears in Islington’s inbox within a second.',
  },
  gp: {
    title: 'GP surgery',
    address: '/demo/general-practice/',
    health: 'Scheduled care: open the same patient. The banner answers; nothing else happens.',
    authority: 'No alert arrives, and the view joins no history: the look was silent.',
  },
};

const frame = byId('health') as HTMLIFrameElement;
const buttons = [...document.querySelectorAll<HTMLButtonElement>('[data-place]')];

const say = (place: Place): void => {
  const { title, health, authority } = places[place];
  frame.title = title;
  byId('health-says').textContent = health;
  byId('authority-says').textContent = authority;
  for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset['place'] === place));
};

for (const button of buttons) {
  button.addEventListener('click', () => {
    const place = button.dataset['place'] === 'gp' ? 'gp' : 'ed';
    // Replaced, so that the back button leaves the split view instead of walking back through the panes.
    frame.contentWindow?.location.replace(new URL(places[place].address, location.href));
    say(place);
  });
}
say('ed');
