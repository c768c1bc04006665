import { expect, it, onTestFinished } from 'vitest';
import { startDatabaseClock } from './database-clock.ts';

const T = Date.parse('2026-11-21T06:00:00.000Z');

/** A database whose answers take a while on the way, and whose clock may be set. */
async function start() {
  const world = { passed: 0, set: 0, ways: [] as [number, number][] };
  const clock = await startDatabaseClock({
    async readTime() {
      const [there, back] = world.ways.shift() ?? [0, 0];
      world.passed += there;
      const time = T + world.passed + world.set;
      world.passed += back;
      return time;
    },
    onFailure: () => {},
    elapsed: () => world.passed,
  });
  onTestFinished(clock.stop);
  const error = () => clock.now() - (T + world.passed + world.set);
  return { world, clock, error };
}

it('is the database’s time, whatever this machine’s clock says', async () => {
  const { world, error } = await start();
  world.passed += 60_000;
  expect(error()).toBe(0);
});

it('takes the fastest of three answers', async () => {
  const { world, clock, error } = await start();
  world.set = 5_000;
  world.ways = [
    [400, 0],
    [3, 1],
    [0, 90],
  ];
  await clock.look();
  expect(Math.abs(error())).toBeLessThanOrEqual(2);
});

it('goes on evenly while the difference is smaller than what can be measured', async () => {
  const { world, clock } = await start();
  const before = clock.now() - world.passed;
  for (let i = 0; i < 20; i++) {
    world.ways = Array.from({ length: 3 }, () => [i % 2 ? 9 : 0, i % 2 ? 0 : 9]);
    await clock.look();
    expect(clock.now() - world.passed).toBe(before);
  }
});

it('follows when the database’s clock is set, or another server takes over', async () => {
  const { world, clock, error } = await start();
  world.set = -3_600_000;
  await clock.look();
  expect(error()).toBe(0);
});
