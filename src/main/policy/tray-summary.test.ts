import { describe, expect, test } from 'vitest';
import { LINK_STATES, type LinkState } from '#contract/link.ts';
import { type TraySummary, traySummary } from './tray-summary.ts';

/** Without and with an order that nobody has seen. */
const TABLE: Record<LinkState, [quiet: TraySummary, ringing: TraySummary]> = {
  stopped: ['stopped', 'stopped'],
  unknown: ['connecting', 'alarm'],
  live: ['live', 'alarm'],
  catching_up: ['connecting', 'alarm'],
  polling: ['polling', 'alarm'],
  connecting: ['connecting', 'alarm'],
  offline: ['offline', 'offline'],
};

const status = (state: LinkState, active: boolean, setup: 'needed' | 'done') => ({
  setup,
  link: { state, since: 0, cause: null, lastWordAt: null },
  alarm: { active, orderIds: active ? ['a'] : [] },
});

describe('the state that the tray shows', () => {
  test.each(LINK_STATES)('[L1] [A1] %s', (state) => {
    expect([false, true].map((active) => traySummary(status(state, active, 'done')))).toEqual(TABLE[state]);
    expect(traySummary(status(state, false, 'needed'))).toBe('stopped');
  });
});
