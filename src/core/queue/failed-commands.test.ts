import { expect, it } from 'vitest';
import type { FailedCommand } from '#contract/failed-command.ts';
import { createFailedCommands } from './failed-commands.ts';

function refusal(i: number, over: Partial<FailedCommand> = {}): FailedCommand {
  const wished = { commandType: 'set_status', payload: { from: 'pending', to: 'preparing' } } as const;
  const about = { orderId: `order-${i}`, orderNumber: `${i}`, message: '', order: null };
  return { id: `id-${i}`, ...about, ...wished, code: 'stale', issuedAt: i, at: i, ...over };
}

it('[C4] counts every undismissed command and puts the ten most serious into the status', () => {
  const list = Array.from({ length: 300 }, (_, i) => refusal(i, i === 299 ? { code: 'order_cancelled' } : {}));
  const needs = createFailedCommands({ failedCommands: () => list });
  const { failedCommands, failedCommandCount } = needs.status();
  expect(failedCommandCount).toBe(300);
  expect(failedCommands.map(({ id }) => id)).toEqual(['id-299', ...Array.from({ length: 9 }, (_, i) => `id-${i}`)]);
  expect(needs.all()).toHaveLength(300);
});

it('shows the next one when one is dismissed', () => {
  const list = Array.from({ length: 12 }, (_, i) => refusal(i));
  const needs = createFailedCommands({ failedCommands: () => list });
  list.shift();
  needs.reload();
  expect(needs.status().failedCommands.at(-1)?.id).toBe('id-10');
  expect(needs.status().failedCommandCount).toBe(11);
});
