/**
 * A page that is left and comes back from the back-forward cache, as the browser would report it. For one cell of the
 * sheet.
 */
import { signIn } from '../epr/banner-tag.js';

signIn('demo-ed-doctor');

const tag = document.querySelector('cp-is-banner');

tag?.addEventListener('cp-is-change', () => {
  if (tag.getAttribute('status') !== 'current') return;
  // Runs after the tag's own task, because a page is never left in the middle of one.
  setTimeout(() => {
    for (const moment of ['pagehide', 'pageshow']) dispatchEvent(new PageTransitionEvent(moment, { persisted: true }));
  });
});
