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

it('what is set in the evening clears nothing before the next morning', () => {
  lookAt('21T03:59');
  expect(day.before()).toBeNull();
  lookAt('21T04:00');
  expect(day.before()).toBe(at('21T04:00'));
  expect(day.dismissed()).toBe(false);
});

it('a machine that was off at that time, or for two nights, clears at its next start', () => {
  day = open();
  lookAt('22T09:00');
  expect(day.before()).toBe(at('22T04:00'));
});

it('is told once, also over a start', () => {
  lookAt('21T05:00');
  day.dismiss();
  day = open();
  lookAt('21T06:00');
  expect([day.dismissed(), day.before()]).toEqual([true, at('21T04:00')]);
});

it('what is shown again stays until the next day ends', () => {
  lookAt('21T05:00');
  day.show();
  day = open();
  lookAt('21T23:00');
  expect(day.before()).toBeNull();
  lookAt('22T04:01');
  expect(day.before()).toBe(at('22T04:00'));
});

it('turned off, everything comes back; another time does not reach back', () => {
  lookAt('21T05:00');
  endOfDay = null;
  lookAt('21T05:01');
  expect(day.before()).toBeNull();
  endOfDay = '04:30';
  lookAt('21T05:02');
  expect(day.before()).toBeNull();
});
