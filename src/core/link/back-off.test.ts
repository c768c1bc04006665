import { describe, expect, it } from 'vitest';
import { backOffMs } from './back-off.ts';

describe('[L1] back-off', () => {
  it.each([
    [0, 500],
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [4, 8_000],
    [5, 16_000],
    [6, 30_000],
    [7, 30_000],
    [1_000, 30_000],
    [1e9, 30_000],
  ])('after %i failures waits anything up to %i ms', (failures, ceiling) => {
    expect(backOffMs(failures, 0)).toBe(0);
    expect(backOffMs(failures, 0.5)).toBe(ceiling / 2);
    expect(backOffMs(failures, 1 - Number.EPSILON)).toBeCloseTo(ceiling);
  });
});
