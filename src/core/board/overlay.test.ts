import { describe, expect, it } from 'vitest';
import type { Intent } from '#contract/command.ts';
import { anOrder } from '#test/support/an-order.ts';
import type { CommandRow } from '../stores.ts';
import { isSettled, overlay } from './overlay.ts';

const row = (intent: Intent | null, over: Partial<CommandRow> = {}): CommandRow => ({
  id: 1,
  commandId: 'c',
  orderId: 'o',
  intent,
  baseVersion: 1,
  issuedAt: '2026-11-21T10:05:00.000Z',
  answer: null,
  ...over,
});
const move = (from: 'pending' | 'preparing' | 'ready', to: 'preparing' | 'ready'): Intent => ({
  type: 'set_status',
  payload: { from, to },
});
const answered = { outcome: 'applied' as const, seq: 5, epoch: 'e', at: 1 };

describe('[S5] the shown order', () => {
  const confirmed = anOrder({ version: 3 });

  it('is the confirmed order without commands', () => {
    expect(overlay(confirmed, [], 'K')).toEqual({ order: confirmed, pending: false });
  });

  it('applies each command to the result of the ones before it, as of its tap', () => {
    const { order, pending } = overlay(
      confirmed,
      [row(move('pending', 'preparing')), row(move('preparing', 'ready'))],
      'K',
    );
    expect(order).toMatchObject({ status: 'ready', version: 5, statusSince: '2026-11-21T10:05:00.000Z' });
    expect(pending).toBe(true);
  });

  it('shows a recall of an own unanswered bump, made at the version on screen', () => {
    const rows = [row(move('preparing', 'ready')), row(move('ready', 'preparing'), { baseVersion: 4 })];
    expect(overlay(anOrder({ status: 'preparing', version: 3 }), rows, 'K').order).toMatchObject({
      status: 'preparing',
      version: 5,
    });
  });

  it('names this display as acknowledging until the server answers', () => {
    expect(overlay(confirmed, [row({ type: 'acknowledge', payload: {} })], 'Küche').order).toMatchObject({
      acknowledgedBy: 'Küche',
    });
  });

  it('skips commands that would be rejected or cannot be read, and is still pending', () => {
    const gone = anOrder({ status: 'cancelled' });
    expect(overlay(gone, [row(move('pending', 'preparing'))], 'K')).toEqual({ order: gone, pending: true });
    expect(overlay(confirmed, [row(null)], 'K')).toEqual({ order: confirmed, pending: true });
  });

  it('applies an answered command whose change has not arrived, without pending', () => {
    const rows = [row(move('pending', 'preparing'), { answer: answered })];
    expect(overlay(confirmed, rows, 'K')).toMatchObject({ order: { status: 'preparing' }, pending: false });
  });
});

describe('[S5] a command counts', () => {
  it.each([
    ['queued', null, 'e', 99, false],
    ['answered, cursor before its seq', answered, 'e', 4, false],
    ['answered, cursor at its seq', answered, 'e', 5, true],
    ['answered in an earlier epoch', answered, 'f', 0, true],
    ['rejected', { ...answered, outcome: 'rejected' as const }, 'e', 0, true],
  ])('when %s: %o at %s/%i → settled %s', (_, answer, epoch, cursor, settled) => {
    expect(isSettled(row(move('pending', 'preparing'), { answer }), epoch, cursor)).toBe(settled);
  });
});
