import { describe, expect, it } from 'vitest';
import { type BelievedTime, createBelievedClock } from './believed-clock.ts';
import { DAY_MS } from './local-time.ts';

const NOON = Date.parse('2026-11-21T12:00:00Z');
const YEAR_MS = 365 * DAY_MS;
const HOUR_MS = 3_600_000;

/** A program that looks at its clock every hour, and its disk. */
function machine(stored: BelievedTime | null = null) {
  let uptime = 0;
  let now = NOON;
  let clock = createBelievedClock(stored);
  const look = () => {
    const { isBelieved } = clock.look(now, uptime);
    stored = clock.toStore(stored) ?? stored;
    return isBelieved;
  };
  return {
    look,
    stored: () => stored,
    set(ms: number) {
      now += ms;
    },
    run(ms: number) {
      for (let left = ms; left > 0; left -= HOUR_MS) {
        now += HOUR_MS;
        uptime += HOUR_MS;
        look();
      }
      return look();
    },
    restart(off = 0) {
      now += off;
      uptime = 0;
      clock = createBelievedClock(stored);
      return look();
    },
  };
}

describe('[S7] a clock by which data is deleted', () => {
  it('is believed at first, while it runs, and after the program was off for 89 days', () => {
    const program = machine();
    expect([program.look(), program.run(30 * DAY_MS), program.restart(89 * DAY_MS), program.run(DAY_MS)]).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it('is doubted after a jump by a year, while running and after restarts, until it is right again', () => {
    const program = machine();
    program.run(DAY_MS);
    program.set(YEAR_MS);
    expect([program.look(), program.restart(), program.run(DAY_MS), program.restart()]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    program.set(-YEAR_MS);
    expect([program.look(), program.restart()]).toEqual([true, true]);
  });

  it('is believed after a jump by six days, but not after one by eight', () => {
    const program = machine();
    program.look();
    program.set(6 * DAY_MS);
    expect(program.look()).toBe(true);
    program.set(2 * DAY_MS);
    expect(program.look()).toBe(false);
  });

  it('is believed when the program has run with it for seven days in all, as after a year in a cellar', () => {
    const program = machine();
    program.run(DAY_MS);
    expect(program.restart(YEAR_MS)).toBe(false);
    for (let day = 0; day < 6; day++)
      expect([program.run(DAY_MS), program.restart(DAY_MS / 2)]).toEqual([false, false]);
    expect([program.run(DAY_MS + 6 * HOUR_MS), program.restart(), program.run(DAY_MS)]).toEqual([true, true, true]);
  });

  it('is believed while it is behind, and when that is corrected', () => {
    const program = machine();
    program.run(DAY_MS);
    program.set(-50 * YEAR_MS);
    expect([program.look(), program.restart()]).toEqual([true, true]);
    program.set(50 * YEAR_MS + 3 * DAY_MS);
    expect([program.look(), program.run(DAY_MS), program.restart()]).toEqual([true, true, true]);
  });

  it('is stored once an hour', () => {
    const program = machine();
    program.look();
    const first = program.stored();
    program.set(HOUR_MS - 1);
    program.look();
    expect(program.stored()).toBe(first);
    program.set(1);
    program.look();
    expect(program.stored()).toEqual({ at: NOON + HOUR_MS, doubtedFor: 0 });
  });
});
