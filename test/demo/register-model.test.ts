import { expect } from 'chai';
import fc from 'fast-check';

import type { PlanType, UploadResult } from '../../demo/shared/register-api.js';
import type { Records, Register } from '../../demo/register/index.js';
import * as la from './authority-support.js';
import * as t from './support.js';

/**
 * A register so simple that it is obviously right: lists, searched from the beginning each time. It forgets nothing (it
 * must not show whether the real one has purged) and judges age when it is asked.
 */
interface Model {
  today: number;
  plans: { who: number; authority: number; type: PlanType; start: number; end: number | undefined }[];
  views: { who: number; at: number; token: string }[];
  births: Map<number, number>;
  /** For each authority: whom each alert was about, and how many views there had been in 30 days. */
  alerts: [who: number, viewsBefore: number][][];
}

const authorities = ['LA', 'LB'];
/** Two mothers, two newborns of day 0, two children. */
const numbers = Array.from({ length: 6 }, (_, index) => t.testNumber(index));
const tokens = ['demo-ed-nurse', 'demo-111'];
const epoch = Date.parse('2024-01-01T12:00:00Z');
const DAY = 24 * t.hours;
const dayOf = (day: number): string => new Date(epoch + day * DAY).toISOString().slice(0, 10);
const person = (who: number) => ({
  nhsNumber: numbers[who] ?? '',
  familyName: `Family${'abcdef'[who] ?? ''}`,
  givenName: `Given${'abcdef'[who] ?? ''}`,
  birthDate: who < 2 ? '1995-01-01' : dayOf(0),
});
const codes = { CPP: '342191000000101', LAC: '764841000000100', UCP: '818901000000100' };

const records: Records = {
  ...t.bareRecords,
  localAuthorities: authorities.map((code) => ({ code, name: code, emergencyDutyPhone: '020 7946 0123' })),
  people: numbers.map((_, who) => person(who)),
};

/** 12 calendar months, in the days of these tests (no plan here ends on 29 February). */
const isOver = (end: number, today: number): boolean => {
  const [year = 0, ...rest] = dayOf(end).split('-').map(Number);
  return Date.UTC(year + 1, (rest[0] ?? 1) - 1, rest[1]) < Date.parse(dayOf(today));
};
const returned = (model: Model, who: number) =>
  model.plans.filter((plan) => plan.who === who && (plan.end === undefined || !isOver(plan.end, model.today)));

type Command = fc.AsyncCommand<Model, Register>;

const command = (name: string, run: (model: Model, register: Register) => Promise<void>): Command => ({
  check: () => true,
  run,
  toString: () => name,
});

const uploads = (who: number, authority: number, type: PlanType, start: number, length: number | undefined) =>
  command(`upload ${who} ${authority} ${type} ${start} ${length ?? 'open'}`, async (model, register) => {
    const end = length === undefined ? undefined : start + length;
    const plan = { type, start: dayOf(start), ...(end !== undefined && { end: dayOf(end) }) };
    const code = authorities[authority] ?? '';
    const localAuthority = { name: code, emergencyDutyPhone: '020 7946 0123' };
    const { body } = await la.ask<UploadResult>(register, 'POST', `${code}/uploads`, {
      by: code,
      body: { localAuthority, records: [{ ...person(who), plans: [plan] }] },
    });
    expect(body.file).to.equal('CPF02');
    const same = model.plans.find(
      (one) => one.who === who && one.authority === authority && one.type === type && one.start === start,
    );
    if (same) same.end = end;
    else model.plans.push({ who, authority, type, start, end });
  });

const gaveBirth = (mother: number, authority: number) =>
  command(`birth ${mother} ${authority}`, async (model, register) => {
    const baby = mother + 2;
    const code = authorities[authority] ?? '';
    const body = { mother: { nhsNumber: numbers[mother] }, baby: { nhsNumber: numbers[baby], birthDate: dayOf(0) } };
    const { status } = await la.ask(register, 'POST', `${code}/births`, { by: code, body });
    if (model.births.has(baby)) {
      expect(status).to.equal(model.births.get(baby) === authority ? 200 : 409);
      return;
    }
    const unborn = returned(model, mother).filter(
      (plan) => plan.authority === authority && plan.type === 'UCP' && plan.start <= 0 && (plan.end ?? Infinity) >= -2,
    );
    expect(status).to.equal(unborn.length > 0 ? 201 : 409);
    if (unborn.length === 0) return;
    for (const plan of unborn) plan.end = 0;
    model.births.set(baby, authority);
    const started = model.plans.some(
      (one) => one.who === baby && one.authority === authority && one.type === 'CPP' && one.start === 0,
    );
    if (!started) model.plans.push({ who: baby, authority, type: 'CPP', start: 0, end: undefined });
  });

const opens = (who: number, token: string, unscheduled: boolean) =>
  command(`open ${who} ${token} ${unscheduled}`, async (model, register) => {
    const { careTeams } = await t.openPatient(register, numbers[who] ?? '', { token, unscheduled });
    const shown = t
      .resources(careTeams, 'CareTeam')
      .map(({ name, category, period }) => [name, category[0]?.coding[0]?.code, period.start, period.end]);
    const plans = returned(model, who);
    expect(shown).to.have.deep.members(
      plans.map(({ authority, type, start, end }) => [
        authorities[authority],
        codes[type],
        dayOf(start),
        end === undefined ? undefined : dayOf(end),
      ]),
    );
    if (!unscheduled) return;
    const at = t.clock.now;
    const before = model.views.filter((view) => view.who === who && view.at >= at - 30 * DAY).length;
    for (const authority of new Set(plans.map((plan) => plan.authority))) model.alerts[authority]?.push([who, before]);
    model.views.push({ who, at, token });
  });

const reads = (who: number) =>
  command(`history ${who}`, async (model, register) => {
    const kept: { at: number; token: string }[] = [];
    for (const { at, token } of model.views.filter((view) => view.who === who && view.at >= t.clock.now - 730 * DAY)) {
      const last = kept.findLast((one) => one.token === token);
      if (last === undefined || at - last.at >= DAY) kept.push({ at, token });
    }
    const history = await t.readHistory(register, numbers[who] ?? '', { unscheduled: false });
    const times = t.resources(history, 'AuditEvent').map(({ recorded }) => Date.parse(recorded));
    expect(times).to.deep.equal(
      kept
        .map(({ at }) => Math.floor(at / 1000) * 1000)
        .toReversed()
        .slice(0, 25),
    );
  });

const listens = (authority: number) =>
  command(`inbox ${authority}`, async (model, register) => {
    const list = await la.inbox(register, authorities[authority]);
    const heard = list.map((one) => [
      numbers.indexOf(one.child.nhsNumber),
      one.kind === 'access-to-service' ? one.before.last30Days.views : undefined,
    ]);
    expect(heard).to.deep.equal(model.alerts[authority]);
    expect(list.map(({ id }) => id)).to.deep.equal(list.map((_, index) => index + 1));
  });

const listsChildren = (authority: number) =>
  command(`children ${authority}`, async (model, register) => {
    const own = numbers.filter((_, who) => returned(model, who).some((plan) => plan.authority === authority));
    const listed = await la.childrenOf(register, authorities[authority]);
    expect(listed.map(({ nhsNumber }) => nhsNumber)).to.have.members(own);
  });

const purges = () =>
  command('purge', async (_, register) => {
    await register.purge();
  });

const waits = (days: number) =>
  command(`wait ${days}`, async (model) => {
    model.today += days;
    t.clock.now = epoch + model.today * DAY;
  });

describe('Whatever the order of uploads, births, ends, purges and accesses', () => {
  it('the register answers as a simple model does (property)', async () => {
    const register = await t.freshRegister({ records });
    const who = fc.nat(numbers.length - 1);
    const authority = fc.nat(authorities.length - 1);
    const day = fc.integer({ min: -400, max: 30 });
    const length = fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined });
    const commands = fc.commands(
      [
        fc
          .tuple(who, authority, fc.constantFrom<PlanType>('CPP', 'LAC', 'UCP'), day, length)
          .map((all) => uploads(...all)),
        fc
          .tuple(fc.nat(1), authority, fc.constantFrom(-90, -40), length)
          .map(([mother, by, start, long]) => uploads(mother, by, 'UCP', start, long)),
        fc.tuple(fc.nat(1), authority).map((all) => gaveBirth(...all)),
        fc.tuple(who, fc.constantFrom(...tokens), fc.boolean()).map((all) => opens(...all)),
        fc.tuple(who, fc.constantFrom(...tokens)).map(([one, token]) => opens(one, token, true)),
        who.map(reads),
        authority.map(listens),
        authority.map(listsChildren),
        fc.constant(purges()),
        fc.constantFrom(0.01, 0.5, 1, 20, 200, 366).map((days) => waits(days)),
      ],
      { maxCommands: 60, size: 'max' },
    );
    await fc.assert(
      fc.asyncProperty(commands, async (sequence) => {
        const setup = async () => {
          t.clock.now = epoch;
          await register.reset();
          const model: Model = { today: 0, plans: [], views: [], births: new Map(), alerts: authorities.map(() => []) };
          return { model, real: register };
        };
        await fc.asyncModelRun(setup, sequence);
      }),
      { numRuns: Number(process.env['RUNS'] ?? 20) },
    );
  });
});
