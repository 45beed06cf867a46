import { expect } from 'chai';

import type { News } from '../../src/contract/register-service.js';
import { Post } from '../../src/worker/post.js';
import { nextTask } from '../support/page/banner.js';

const news = (traceId: string): News => ({ kind: 'trace', traceId, openedAt: 0 });
const [first, second] = [news('first'), news('second')];

/** What has been fetched by now, or `undefined` while nothing has arrived. */
async function fetched(post: Post, asker: string): Promise<readonly News[] | undefined> {
  let said: readonly News[] | undefined;
  void post.collect(asker).then((come) => {
    said = come;
  });
  await nextTask();
  return said;
}

describe('news on its way to those who asked', () => {
  let post: Post;
  beforeEach(() => {
    post = new Post();
    post.open('nurse');
  });

  it('what arrived before it is fetched comes at once, and together', async () => {
    post.put('nurse', first);
    post.put('nurse', second);
    expect(await fetched(post, 'nurse')).to.deep.equal([first, second]);
  });

  it('what arrives later comes when it is there, once', async () => {
    const waiting = post.collect('nurse');
    post.put('nurse', first);
    expect(await waiting).to.deep.equal([first]);
    expect(await fetched(post, 'nurse')).to.equal(undefined);
  });

  it('each has its own', async () => {
    post.open('doctor');
    post.put('doctor', second);
    expect(await fetched(post, 'nurse')).to.equal(undefined);
    expect(await fetched(post, 'doctor')).to.deep.equal([second]);
  });

  for (const [how, leave] of [
    ['has left', (): void => post.close('nurse')],
    ['has left with all others', (): void => post.forget()],
  ] as const) {
    it(`one who ${how}: what has arrived is thrown away, and nothing more is kept`, async () => {
      post.put('nurse', first);
      leave();
      post.put('nurse', second);
      expect(await fetched(post, 'nurse')).to.equal(undefined);
    });

    it(`one who ${how} while waiting is told that nothing comes`, async () => {
      const waiting = post.collect('nurse');
      leave();
      expect(await waiting).to.deep.equal([]);
    });
  }

  it('nothing is kept for one who has never asked', async () => {
    post.put('stranger', first);
    expect(await fetched(post, 'stranger')).to.equal(undefined);
  });

  it('once everything has been said, what has arrived can still be fetched, and then nothing is kept', async () => {
    post.put('nurse', first);
    post.seal('nurse');
    expect(await fetched(post, 'nurse')).to.deep.equal([first]);
    post.put('nurse', second);
    expect(await fetched(post, 'nurse')).to.equal(undefined);
  });

  it('once all has been said and fetched, nothing is kept', async () => {
    post.seal('nurse');
    post.put('nurse', first);
    expect(await fetched(post, 'nurse')).to.equal(undefined);
  });
});
