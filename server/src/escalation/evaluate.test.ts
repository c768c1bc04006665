import { describe, expect, it } from 'vitest';
import { STATUSES } from '#contract/status.ts';
import { type Evaluation, evaluate, type Facts, OFFLINE_AFTER_MS, UNDELIVERED_AFTER_MS } from './evaluate.ts';

const LIMIT = 60_000;
const facts = (over: Partial<Facts>): Facts => ({
  status: 'pending',
  acknowledged: false,
  ageMs: 0,
  onDisk: false,
  offlineMs: 0,
  acknowledgeWithinMs: LIMIT,
  ...over,
});
const STATES = [...STATUSES, null];
const in_ = (wrongInMs: number): Evaluation => ({ wrongInMs });
/** The statuses in which an order waits for somebody. */
const WAITS = { pending: true, preparing: true, ready: true, delivering: true } as Partial<Record<string, true>>;

describe('undelivered: an open order that no display has stored', () => {
  for (const status of STATES)
    for (const onDisk of [false, true])
      it(`${status ?? 'deleted'}, ${onDisk ? 'on a disk' : 'on no disk'}`, () => {
        const at = (ageMs: number) => evaluate('undelivered', facts({ status, onDisk, ageMs }));
        const bad = WAITS[String(status)] && !onDisk;
        expect(at(0)).toEqual(bad ? in_(UNDELIVERED_AFTER_MS) : 'fine');
        expect(at(UNDELIVERED_AFTER_MS - 1)).toEqual(bad ? in_(1) : 'fine');
        expect(at(UNDELIVERED_AFTER_MS)).toBe(bad ? 'wrong' : 'fine');
        expect(at(1e12)).toBe(bad ? 'wrong' : 'fine');
      });
});

describe('unacknowledged: a pending order that nobody has acknowledged', () => {
  for (const status of STATES)
    for (const acknowledged of [false, true])
      it(`${status ?? 'deleted'}, ${acknowledged ? '' : 'not '}acknowledged`, () => {
        const at = (ageMs: number) => evaluate('unacknowledged', facts({ status, acknowledged, ageMs, onDisk: true }));
        const bad = status === 'pending' && !acknowledged;
        expect(at(0)).toEqual(bad ? in_(LIMIT) : 'fine');
        expect(at(LIMIT - 1)).toEqual(bad ? in_(1) : 'fine');
        expect(at(LIMIT)).toBe(bad ? 'wrong' : 'fine');
        expect(at(1e12)).toBe(bad ? 'wrong' : 'fine');
      });

  it('uses the store’s limit', () => {
    expect(evaluate('unacknowledged', facts({ ageMs: 20_000, acknowledgeWithinMs: 10_000 }))).toBe('wrong');
    expect(evaluate('unacknowledged', facts({ ageMs: 20_000, acknowledgeWithinMs: 300_000 }))).toEqual(in_(280_000));
  });
});

describe('no_display: an order arrives in a store without a live display', () => {
  it.each([
    [0, 'fine'],
    [1, in_(OFFLINE_AFTER_MS - 1)],
    [OFFLINE_AFTER_MS - 1, in_(1)],
    [OFFLINE_AFTER_MS, 'wrong'],
    [1e12, 'wrong'],
  ] as [number, Evaluation][])('none for %d ms', (offlineMs, expected) => {
    for (const status of STATES) expect(evaluate('no_display', facts({ status, offlineMs }))).toEqual(expected);
  });
});
