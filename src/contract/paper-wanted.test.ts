import { expect, it } from 'vitest';
import { GIVE_UP_AFTER_MS, isPaperWanted } from './paper-wanted.ts';
import { STATUSES } from './status.ts';

const MINUTE = 60_000;

it('[ADR 50] prints an open order within 12 hours, and a finished one within 10 minutes', () => {
  const wanted = (waitedMs: number) => STATUSES.filter((status) => isPaperWanted(status, waitedMs));
  expect(wanted(9 * MINUTE)).toEqual(STATUSES.filter((status) => status !== 'cancelled'));
  expect(wanted(11 * MINUTE)).toEqual(['pending', 'preparing', 'ready', 'delivering']);
  expect(wanted(GIVE_UP_AFTER_MS + 1)).toEqual([]);
});
