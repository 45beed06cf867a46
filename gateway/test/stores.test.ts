import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import type { Store } from '../src/index.js';
import type { NewRow } from '../src/stores/store.js';
import { places, type Started } from './places.js';
import { setUp } from '../../test/support/node/setting-up.js';

const now = Date.now();
const rowOf = (more: Partial<NewRow> = {}): NewRow => ({
  id: randomUUID(),
  sealed: 'sealed',
  sidTag: randomUUID(),
  subTag: randomUUID(),
  issuedAt: 1000,
  seenAt: now,
  endsAt: now + 3_600_000,
  ...more,
});

for (const { name, start } of places) {
  if (start === undefined) {
    it(`NOT RUN: sessions in ${name}, which is not installed here`);
    continue;
  }
  describe(`sessions in ${name}`, () => {
    let place: Started;
    let one: Store;
    let other: Store;
    setUp(async (keep) => {
      place = await keep(start(), (started) => started.stop());
      one = await keep(place.open());
      other = await keep(place.open());
    });

    const made = async (more: Partial<NewRow> = {}) => {
      const row = rowOf(more);
      expect(await one.create(row)).to.equal(true);
      return row;
    };
    const leaseOf = ({ id }: NewRow, version = 1) => ({ id, version, holder: randomUUID() });

    it('are found at every instance, and only by their own id', async () => {
      const { id, sealed, seenAt, endsAt } = await made();
      expect(await other.read(id)).to.deep.include({ id, version: 1, sealed, seenAt, endsAt, renewingUntil: 0 });
      expect(await other.read(randomUUID())).to.equal(undefined);
    });

    it('keep when they were last seen, and being seen does not make one that has ended', async () => {
      const row = await made();
      await other.seen(row.id, now + 5);
      expect((await one.read(row.id))?.seenAt).to.equal(now + 5);
      await one.end(row.id);
      await other.seen(row.id, now + 6);
      expect(await one.read(row.id)).to.equal(undefined);
    });

    it('are renewed only once, however many ask at the same time', async () => {
      const row = await made();
      const won = await Promise.all(
        Array.from({ length: 40 }, (_, index) => (index % 2 ? one : other).lease(leaseOf(row), now, now + 3000)),
      );
      expect(won.filter(Boolean)).to.have.lengthOf(1);
    });

    it('are written only by the lease’s holder, and go up by one version', async () => {
      const row = await made();
      const mine = leaseOf(row);
      expect(await other.renew(mine, 'stolen')).to.equal(false);
      expect(await one.lease(mine, now, now + 3000)).to.equal(true);
      expect(await other.renew(leaseOf(row), 'stolen')).to.equal(false);
      expect(await one.renew(mine, 'renewed')).to.equal(true);
      expect(await other.read(row.id)).to.deep.include({ version: 2, sealed: 'renewed', renewingUntil: 0 });
      expect(await one.renew(mine, 'twice')).to.equal(false);
      expect(await one.lease(leaseOf(row), now, now + 3000)).to.equal(false);
    });

    it('are taken over when the lease has run out, and the late holder then writes and ends nothing', async () => {
      const row = await made();
      const late = leaseOf(row);
      const next = leaseOf(row);
      await one.lease(late, now, now + 3000);
      expect(await other.lease(next, now + 2999, now + 6000)).to.equal(false);
      expect(await other.lease(next, now + 3000, now + 6000)).to.equal(true);
      await one.lengthen(late, now + 60_000);
      expect((await one.read(row.id))?.renewingUntil).to.equal(now + 6000);
      expect(await one.renew(late, 'late')).to.equal(false);
      expect(await one.end(row.id, late)).to.equal(false);
      await one.release(late, { code: 'TOKEN_SERVICE_DOWN', until: now });
      expect((await one.read(row.id))?.renewingUntil).to.equal(now + 6000);
      expect(await other.renew(next, 'renewed')).to.equal(true);
    });

    it('tell those who waited why a renewal failed, until one succeeds', async () => {
      const row = await made();
      const failing = leaseOf(row);
      await one.lease(failing, now, now + 3000);
      await one.release(failing, { code: 'TOKEN_SERVICE_DOWN', retryAfter: '7', until: now + 1000 });
      expect(await other.read(row.id)).to.deep.include({
        renewingUntil: 0,
        failure: { code: 'TOKEN_SERVICE_DOWN', retryAfter: '7', until: now + 1000 },
      });
      const next = leaseOf(row);
      await other.lease(next, now, now + 3000);
      await other.renew(next, 'renewed');
      expect((await one.read(row.id))?.failure ?? undefined).to.equal(undefined);
    });

    it('are not brought back by a renewal that was under way when they ended', async () => {
      const row = await made();
      const lease = leaseOf(row);
      await one.lease(lease, now, now + 3000);
      expect(await other.end(row.id)).to.equal(true);
      expect(await other.end(row.id)).to.equal(false);
      expect(await one.renew(lease, 'renewed')).to.equal(false);
      expect(await one.read(row.id)).to.equal(undefined);
    });

    it('end by CIS2’s session, and only that one ends', async () => {
      const row = await made();
      const sibling = await made({ subTag: row.subTag });
      const out = { tags: ['another key’s', row.sidTag!], issuedAt: 1000 };
      expect(await other.endAll(out, now + 3_600_000)).to.equal(1);
      expect(await one.read(row.id)).to.equal(undefined);
      expect(await one.read(sibling.id)).not.to.equal(undefined);
    });

    it('end by their user, except those that began afterwards', async () => {
      const row = await made();
      const later = await made({ subTag: row.subTag, issuedAt: 1001 });
      const out = { tags: [row.subTag], issuedAt: 1000 };
      expect(await other.endAll(out, now + 3_600_000)).to.equal(1);
      expect(await one.read(row.id)).to.equal(undefined);
      expect(await one.read(later.id)).not.to.equal(undefined);
    });

    it('are not made when CIS2 has ended them first', async () => {
      const row = rowOf();
      await other.endAll({ tags: [row.sidTag!], issuedAt: 1000 }, now + 3_600_000);
      expect(await one.create(row)).to.equal(false);
      expect(await one.read(row.id)).to.equal(undefined);
      expect(await one.create({ ...row, issuedAt: 1001 })).to.equal(true);
      const user = rowOf();
      await other.endAll({ tags: [user.subTag], issuedAt: 1000 }, now + 3_600_000);
      expect(await one.create(user)).to.equal(false);
      expect(await one.create({ ...user, issuedAt: 1001 })).to.equal(true);
    });

    it('are over when CIS2 ends them while they are being made, whichever comes first', async () => {
      for (let turn = 0; turn < 30; turn += 1) {
        const row = rowOf();
        await Promise.all([one.create(row), other.endAll({ tags: [row.sidTag!], issuedAt: 1000 }, now + 3_600_000)]);
        expect(await one.read(row.id)).to.equal(undefined);
      }
    });

    it('tell every instance when they end', async () => {
      const row = await made();
      const heard: string[] = [];
      for (const store of [one, other]) store.onEnded((id) => heard.push(id));
      await one.end(row.id);
      for (let tries = 0; tries < 50 && heard.length < 2; tries += 1) await pause(20);
      expect(heard.filter((id) => id === row.id)).to.have.lengthOf(2);
    });

    it('are swept away when nobody uses them', async () => {
      const idle = await made({ seenAt: now - 10_000 });
      const used = await made();
      await one.sweep(now, now - 5000);
      expect(await one.read(idle.id)).to.equal(undefined);
      expect(await one.read(used.id)).not.to.equal(undefined);
    });

    it('recognise a name the second time, at every instance', async () => {
      const jti = randomUUID();
      const first = await Promise.all([one, other, one, other].map((store) => store.once(jti, now + 3_600_000)));
      expect(first.filter(Boolean)).to.have.lengthOf(1);
    });

    it('share one limit, which is never exceeded, and is free again after a minute', async () => {
      const much = now + 10_000_000;
      const takes = await Promise.all(
        Array.from({ length: 60 }, (_, index) => (index % 2 ? one : other).take(40, much + index)),
      );
      expect(takes.filter((wait) => wait === undefined)).to.have.lengthOf(40);
      for (const wait of takes) if (wait !== undefined) expect(wait).to.be.within(50_000, 61_000);
      expect(await one.taken(much + 60)).to.equal(40);
      expect(await other.take(40, much + 59_000)).to.be.within(1, 2000);
      expect(await other.take(40, much + 61_100)).to.equal(undefined);
    });

    it('say that they are ready', async () => {
      await one.ready();
    });
  });
}
