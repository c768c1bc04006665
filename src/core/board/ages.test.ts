import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, Settings } from '#contract/settings.ts';
import { FULFILMENTS, isOpen, STATUSES } from '#contract/status.ts';
import { anOrder } from '#test/support/an-order.ts';
import { agesOf } from './ages.ts';

const AT = Date.parse('2026-11-21T10:00:00.000Z');
const MINUTE = 60_000;
const minutes = (m: number): string => new Date(AT + m * MINUTE).toISOString();
const { ages } = DEFAULT_SETTINGS;

describe('the age of a ticket', () => {
  it.each(STATUSES.flatMap((status) => FULFILMENTS.map((fulfilment) => [status, fulfilment] as const)))(
    'of a %s %s: open ones warn after 5 and are late after 10 minutes, closed ones do not age',
    (status, fulfilment) => {
      const { ageFrom, warningAt, lateAt } = agesOf(anOrder({ status, fulfilment }), ages);
      expect(ageFrom).toBe(AT);
      expect([warningAt, lateAt]).toEqual(isOpen(status) ? [AT + 5 * MINUTE, AT + 10 * MINUTE] : [null, null]);
    },
  );

  it('follows the thresholds of its fulfilment', () => {
    const set = Settings.parse({ ages: { delivery: { warningMinutes: 1, lateMinutes: 2.5 } } }).ages;
    expect(agesOf(anOrder({ fulfilment: 'delivery' }), set)).toMatchObject({
      warningAt: AT + MINUTE,
      lateAt: AT + 2.5 * MINUTE,
    });
    expect(agesOf(anOrder({ fulfilment: 'pickup' }), set)).toMatchObject({ warningAt: AT + 5 * MINUTE });
  });

  it('is never late before it warns, whatever the settings', () => {
    const set = Settings.parse({ ages: { pickup: { warningMinutes: 20, lateMinutes: 10 } } }).ages;
    expect(agesOf(anOrder(), set)).toMatchObject({ warningAt: AT + 20 * MINUTE, lateAt: AT + 20 * MINUTE });
  });

  it('is late when its promised time has passed, and not before', () => {
    expect(agesOf(anOrder({ dueAt: minutes(60) }), ages)).toEqual({
      ageFrom: AT + 60 * MINUTE,
      warningAt: AT + 55 * MINUTE,
      lateAt: AT + 60 * MINUTE,
    });
  });

  it('warns from the start when the promise is too short to warn before it', () => {
    expect(agesOf(anOrder({ dueAt: minutes(3) }), ages)).toMatchObject({ warningAt: AT, lateAt: AT + 3 * MINUTE });
  });

  it('counts from now when the promised or placed time is wrong', () => {
    expect(agesOf(anOrder({ dueAt: minutes(-30) }), ages)).toMatchObject({ ageFrom: AT, lateAt: AT });
    expect(agesOf(anOrder({ placedAt: minutes(120) }), ages)).toMatchObject({ ageFrom: AT });
  });

  it('counts from the placed time, even when the order arrives later', () => {
    expect(agesOf(anOrder({ placedAt: minutes(-11) }), ages)).toMatchObject({ lateAt: AT - MINUTE });
  });
});
