import { describe, expect, it, test } from 'vitest';
import { FAULTS, type Fault, type Recovery, recoveryOf, SAME_TROUBLE_MS } from './recovery.ts';

/** The recovery from the first, second … fault within five minutes. */
const TABLE: Record<Fault, string[]> = {
  page_gone: ['reload', 'reload after 1 s', 'reload after 5 s', 'restart', 'reload after 30 s', 'reload after 30 s'],
  gpu_gone: ['nothing', 'nothing', 'restart without GPU', 'nothing', 'nothing', 'nothing'],
  main_failed: ['restart', 'restart after 1 s', 'restart after 5 s', ...Array(3).fill('restart after 30 s')],
};

const inWords = (recovery: Recovery): string =>
  [
    recovery.do,
    ...('gpu' in recovery && !recovery.gpu ? ['without GPU'] : []),
    ...(recovery.afterMs > 0 ? [`after ${recovery.afterMs / 1_000} s`] : []),
  ].join(' ');

const NOW = Date.parse('2026-11-21T19:00:00.000Z');
const earlier = (count: number): number[] => Array.from({ length: count }, (_, i) => NOW - i * 1_000);

describe('the recovery', () => {
  test.each(FAULTS)('%s', (fault) => {
    expect(TABLE[fault].map((_, before) => inWords(recoveryOf(fault, earlier(before), NOW)))).toEqual(TABLE[fault]);
  });

  it('has no delay the first time, and never gives up', () => {
    for (const fault of FAULTS) {
      expect(recoveryOf(fault, [], NOW).afterMs).toBe(0);
      const last = recoveryOf(fault, earlier(1_000), NOW);
      if (fault !== 'gpu_gone')
        expect(last).toMatchObject({ do: expect.not.stringMatching('nothing'), afterMs: 30_000 });
    }
  });

  it('ignores faults of long ago, and future ones after the clock was set back', () => {
    const unrelated = [NOW - SAME_TROUBLE_MS, NOW - 86_400_000, NOW + 1, NOW + 86_400_000];
    for (const fault of FAULTS) expect(recoveryOf(fault, unrelated, NOW)).toEqual(recoveryOf(fault, [], NOW));
  });

  it('lets a program that crashes a second after each start do so thirteen times in five minutes', () => {
    const times: number[] = [];
    for (let now = NOW; now < NOW + SAME_TROUBLE_MS; ) {
      const { afterMs } = recoveryOf('main_failed', times, now);
      times.push(now);
      now += afterMs + 1_000;
    }
    expect(times.length).toBe(13);
  });
});
