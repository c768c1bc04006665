import { beforeEach, expect, it } from 'vitest';
import { memoryQueue } from '../testing/memory-storage.ts';
import { createDayEnd } from './day-end.ts';

const at = (time: string): number => Date.parse(`2026-11-${time}:00.000Z`);
let queue: ReturnType<typeof memoryQueue>;
let endOfDay: string | null;
let now: number;
const open = () =>
  createDayEnd({
    store: queue.store,
    settings: () => ({ endOfDay }),
    timeZone: () => 'UTC',
    now: () => now,
    onChange: () => {},
  });
let day: ReturnType<typeof open>;
const lookAt = (time: string): void => {
  now = at(time);
  day.check();
};

beforeEach(() => {
  queue = memoryQueue();
  endOfDay = '04:00';
  day = open();
  lookAt('20T18:00');
});

it('clears nothing before the next morning when set in the evening', () => {
  lookAt('21T03:59');
  expect(day.before()).toBeNull();
  lookAt('21T04:00');
  expect(day.before()).toBe(at('21T04:00'));
  expect(day.dismissed()).toBe(false);
});

it('clears at the next start when the machine was off at that time, or for two nights', () => {
  day = open();
  lookAt('22T09:00');
  expect(day.before()).toBe(at('22T04:00'));
});

it('reports it once, also after a restart', () => {
  lookAt('21T05:00');
  day.dismiss();
  day = open();
  lookAt('21T06:00');
  expect([day.dismissed(), day.before()]).toEqual([true, at('21T04:00')]);
});

it('keeps orders that are shown again until the next end of day', () => {
  lookAt('21T05:00');
  day.show();
  day = open();
  lookAt('21T23:00');
  expect(day.before()).toBeNull();
  lookAt('22T04:01');
  expect(day.before()).toBe(at('22T04:00'));
});

it('brings everything back when turned off, and clears nothing when only the time changes', () => {
  lookAt('21T05:00');
  endOfDay = null;
  lookAt('21T05:01');
  expect(day.before()).toBeNull();
  endOfDay = '04:30';
  lookAt('21T05:02');
  expect(day.before()).toBeNull();
});

it('clears nothing by a clock that ran ahead for a while, and ends the day on time afterwards', () => {
  lookAt('20T20:00');
  lookAt('21T20:01');
  expect(day.before()).toBe(at('21T04:00'));
  lookAt('20T20:02');
  expect(day.before()).toBeNull();
  day = open();
  lookAt('20T20:03');
  expect(day.before()).toBeNull();
  lookAt('21T04:00');
  expect([day.before(), day.dismissed()]).toEqual([at('21T04:00'), false]);
});

it('keeps what the last end of day cleared when the setting was made by a clock that ran ahead', () => {
  lookAt('21T05:00');
  endOfDay = '04:30';
  lookAt('23T05:00');
  expect(day.before()).toBe(at('21T04:00'));
  lookAt('21T06:00');
  expect(day.before()).toBe(at('21T04:00'));
  lookAt('22T04:30');
  expect(day.before()).toBe(at('22T04:30'));
});
