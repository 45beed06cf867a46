import { unmountAll } from './banner.js';
import { resume, stopDateAt } from './clock.js';
import { setWidth } from './devtools.js';
import { sunday } from './states.js';

/** For tests that measure: the tags are at the edge of an otherwise empty page, on a Sunday evening. */
export function onBarePage(): void {
  before(() => {
    stopDateAt(sunday);
    document.body.style.margin = '0';
  });
  afterEach(unmountAll);
  after(async () => {
    resume();
    document.body.style.margin = '';
    await setWidth(800);
  });
}
