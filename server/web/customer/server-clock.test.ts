import { expect, it } from 'vitest';
import { createServerClock } from './server-clock.ts';

it('goes on from the server’s time, whatever the phone’s clock says', () => {
  let elapsed = 5_000;
  const clock = createServerClock(1_000_000, () => elapsed);
  elapsed += 2_000;
  expect(clock.now()).toBe(1_002_000);
});

it('is set right by an answer after the phone slept, and keeps its place for a second or two', () => {
  const clock = createServerClock(Date.parse('2026-11-21T10:00:00.400Z'), () => 0);
  clock.set('Sat, 21 Nov 2026 10:00:00 GMT');
  expect(new Date(clock.now()).toISOString()).toBe('2026-11-21T10:00:00.400Z');
  clock.set('Sat, 21 Nov 2026 10:45:00 GMT');
  expect(new Date(clock.now()).toISOString()).toBe('2026-11-21T10:45:00.000Z');
  for (const nonsense of [null, 'yesterday']) clock.set(nonsense);
  expect(new Date(clock.now()).toISOString()).toBe('2026-11-21T10:45:00.000Z');
});
