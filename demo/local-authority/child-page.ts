/** One child: every authority's plans, and the same 25 accesses that health sees (PG9 2.4). */
import { h } from '../epr/dom.js';
import { authorityName, londonDay } from '../epr/format.js';
import type { AccessSeen, ChildDetail, PlanSeen } from '../shared/register-api.js';
import { mostUrgentFirst } from './attendances.js';
import { childFacts } from './child-line.js';
import { faultText } from './client.js';
import type { Page } from './page.js';
import { count, day, moment, NOT_RECORDED, phone, planName, settingName } from './words.js';
import { workerChoice } from './worker-choice.js';

export const childPage: Page = (outlet, { client, inbox }, id) => {
  const content = h('div', {}, h('p', { class: 'quiet', role: 'status' }, 'Loading…'));
  outlet.append(h('p', {}, h('a', { class: 'back', href: '#children' }, 'Children')), content);

  const worker = h('div', {});
  const drawWorker = (child: ChildDetail): void => {
    const choice = workerChoice(child.allocatedWorker, (allocatedWorker) => {
      client.allocateWorker(id, allocatedWorker).then(
        () => {
          inbox.workerSet(id, allocatedWorker);
          drawWorker({ ...child, allocatedWorker });
          worker.querySelector<HTMLElement>(`[data-worker="${allocatedWorker}"]`)?.focus();
        },
        (error: unknown) => {
          worker.append(h('p', { class: 'fault', role: 'alert' }, faultText(error)));
        },
      );
    });
    worker.replaceChildren(choice);
  };

  client.child(id).then(
    (child) => {
      drawWorker(child);
      content.replaceChildren(...childView(child, worker, new Date()));
      if (document.activeElement === document.body) content.querySelector('h1')?.focus();
    },
    (error: unknown) => {
      content.replaceChildren(h('p', { class: 'fault', role: 'alert' }, faultText(error)));
    },
  );
  return undefined;
};

const childView = (child: ChildDetail, worker: HTMLElement, now: Date): readonly HTMLElement[] => {
  const unborn = child.plans.some(({ type, own, ended }) => type === 'UCP' && own && !ended);
  return [
    h(
      'header',
      { class: 'child-head' },
      h('h1', { class: 'page-title', tabindex: '-1' }, child.name),
      childFacts(child),
      worker,
      unborn
        ? h('p', {}, h('a', { class: 'button button--link', href: `#birth/${child.id}` }, 'Record the birth'))
        : undefined,
    ),
    section('Plans', plansTable(child.plans, londonDay(now))),
    section(
      `Viewed in unscheduled care (${count(child.accesses.length, 'view')})`,
      child.accesses.length === 0 ? h('p', {}, 'Not viewed in unscheduled care.') : accessesTable(child.accesses, now),
      h('p', { class: 'quiet' }, 'The 25 newest at most. Views from scheduled care are silent and are not listed.'),
    ),
  ];
};

const section = (title: string, ...content: readonly HTMLElement[]): HTMLElement =>
  h('section', { class: 'panel' }, h('h2', { class: 'panel__title' }, title), ...content);

const plansTable = (plans: readonly PlanSeen[], today: string): HTMLElement =>
  table(
    ['Plan', 'Since', 'Ended', 'Local authority', 'Office hours', 'Emergency duty team'],
    mostUrgentFirst(plans).map((plan) => [
      h('strong', {}, planName(plan)),
      plan.start > today ? h('span', {}, 'Starts ', day(plan.start)) : day(plan.start),
      plan.end === null ? 'Current' : plan.ended ? day(plan.end) : h('span', {}, 'Ends ', day(plan.end)),
      authorityName(plan.authority.name) + (plan.own ? ' (yours)' : ''),
      phone(plan.authority.officeHoursPhone),
      phone(plan.authority.emergencyDutyPhone),
    ]),
  );

const accessesTable = (accesses: readonly AccessSeen[], now: Date): HTMLElement =>
  table(
    ['Viewed', 'At', 'By', 'Role', 'Call back'],
    accesses.map((access) => [
      moment(access.at, now),
      h('span', {}, access.organisation, h('span', { class: 'line quiet' }, settingName(access.setting))),
      access.viewer,
      access.role === '' ? NOT_RECORDED : access.role,
      phone(access.callBackPhone),
    ]),
  );

const table = (columns: readonly string[], rows: readonly (readonly (Node | string)[])[]): HTMLElement =>
  h(
    'table',
    { class: 'table table--cards' },
    h('thead', {}, h('tr', {}, ...columns.map((name) => h('th', { scope: 'col' }, name)))),
    h(
      'tbody',
      {},
      ...rows.map((cells) => h('tr', {}, ...cells.map((cell, at) => h('td', { 'data-label': columns[at] }, cell)))),
    ),
  );
