import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createServerClock, estimateOffset } from './server-clock.ts';

const iso = (ms: number): string => new Date(ms).toISOString();
const AT = Date.parse('2026-11-21T10:00:00.000Z');
const HOUR = 3_600_000;

describe('[L3] the offset', () => {
  const sample = (offset: number, roundTrip: number) => ({ offset, roundTrip });
  it('is that of the exchange with the shortest round trip', () => {
    expect(estimateOffset([sample(900, 400), sample(1_000, 20), sample(1_200, 90)], [])).toBe(1_000);
  });
  it('is never below what a beat shows, since a beat can only be late', () => {
    expect(estimateOffset([sample(1_000, 20)], [990, 1_070, 940])).toBe(1_070);
    expect(estimateOffset([], [990])).toBe(990);
  });
  it('decreases after eight beats when the server’s clock is set back', () => {
    const beats = [0, 1, 2, 3, 4, 5, 6, 7];
    expect(estimateOffset([sample(3_600_000, 20)], beats.slice(0, 7))).toBe(3_600_000);
    expect(estimateOffset([sample(3_600_000, 20)], beats)).toBe(507);
  });
  it('is unknown before the first exchange or beat', () => {
    expect(estimateOffset([], [])).toBeNull();
  });
});

describe('[L3] the server clock', () => {
  it.each([-2 * HOUR, 0, 2 * HOUR, -20 * 365 * 24 * HOUR])('is right with a machine clock %i ms off', async (off) => {
    const machine = createFakeClock(AT + off);
    const clock = createServerClock(machine, null);
    const sentAt = machine.monotonic();
    await machine.advance(80);
    clock.answered(sentAt, iso(AT + 40));
    expect(clock.now()).toBe(AT + 80);
    await machine.advance(60_000);
    expect(clock.now()).toBe(AT + 60_080);
  });

  it('does not change when the machine’s clock is set', () => {
    const machine = createFakeClock(AT);
    const clock = createServerClock(machine, null);
    clock.beat(iso(AT));
    for (const wall of [0, AT + 5 * HOUR, AT - 3 * HOUR]) {
      machine.setWall(wall);
      expect(clock.now()).toBe(AT);
    }
  });

  it('uses only the last eight samples', () => {
    const machine = createFakeClock(AT);
    const clock = createServerClock(machine, null);
    const at = machine.monotonic();
    clock.answered(at, iso(AT + 5_000));
    for (let i = 0; i < 8; i++) clock.answered(at - 100, iso(AT - 50));
    expect(clock.now()).toBe(AT);
  });

  it('starts offline from the saved offset, never earlier than a time already known', () => {
    const first = createServerClock(createFakeClock(AT - HOUR), null);
    first.beat(iso(AT));
    const saved = first.saved();
    expect(saved).toEqual({ wallOffset: HOUR, heardAt: AT });
    expect(createServerClock(createFakeClock(AT), saved).now()).toBe(AT + HOUR);
    expect(createServerClock(createFakeClock(0), saved).now()).toBe(AT);
    expect(createServerClock(createFakeClock(AT), null).saved()).toBeNull();
  });
});
