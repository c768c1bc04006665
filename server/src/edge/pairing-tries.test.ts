import { describe, expect, it } from 'vitest';
import { createPairingTries, WRONG_CODES, WRONG_CODES_PER_MINUTE } from './pairing-tries.ts';

const MINUTE = 60_000;

function start() {
  const clock = { now: 5_000 };
  const tries = createPairingTries(() => clock.now);
  /** The seconds to wait; null: it was allowed, and the code was wrong. */
  const guess = (address: string) => tries.begin(address).wait;
  return { clock, tries, guess };
}

describe('[section 3] wrong pairing codes', () => {
  it('close pairing to their address for ten minutes after ten, and to no other', () => {
    const { clock, guess } = start();
    for (let i = 0; i < WRONG_CODES; i++) expect(guess('192.0.2.1')).toBeNull();
    expect(guess('192.0.2.1')).toBe(600);
    clock.now += 10 * MINUTE - 1;
    expect(guess('192.0.2.1')).toBe(1);
    expect(guess('192.0.2.2')).toBeNull();
    clock.now += 1;
    expect(guess('192.0.2.1')).toBeNull();
  });

  it('count for all addresses of an IPv6 /64 together', () => {
    const { guess } = start();
    for (let i = 0; i < WRONG_CODES; i++) expect(guess(`2001:db8:1:2::${i}`)).toBeNull();
    expect(guess('2001:db8:1:2:ffff::')).toBe(600);
    expect(guess('2001:db8:1:3::')).toBeNull();
  });

  it('of many addresses close it to these for the minute, and not to an address without one', () => {
    const { clock, guess } = start();
    for (let i = 0; i < 500; i++) expect(guess(`10.0.${i >> 8}.${i & 255}`)).toBeNull();
    expect(500).toBeGreaterThan(WRONG_CODES_PER_MINUTE);
    expect(guess('10.0.0.7')).toBe(60);
    expect(guess('192.0.2.1')).toBeNull();
    clock.now += MINUTE;
    expect(guess('10.0.0.7')).toBeNull();
  });

  it('are counted before the outcome is known; a right one does not count', () => {
    const { tries, guess } = start();
    const atOnce = Array.from({ length: WRONG_CODES }, () => tries.begin('192.0.2.1'));
    expect(guess('192.0.2.1')).toBe(600);
    const [first] = atOnce;
    if (first?.wait !== null) throw new Error('it was not allowed');
    first.wasNotWrong();
    expect(guess('192.0.2.1')).toBeNull();
    expect(guess('192.0.2.1')).toBe(600);
  });
});
