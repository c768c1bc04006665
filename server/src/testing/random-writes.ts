import fc from 'fast-check';
import { type FULFILMENTS, STATUSES } from '#contract/status.ts';
import type { Service } from '../service.ts';
import { ADMIN, command, draft, type Shop } from './shop.ts';

/** One write of any kind, valid or invalid; `order` picks one of those placed so far. */
export type RandomWrite =
  | { kind: 'place'; externalId: string | undefined; fulfilment: (typeof FULFILMENTS)[number]; note: string }
  | { kind: 'status'; order: number; to: (typeof STATUSES)[number]; reason: string | undefined }
  | { kind: 'patch'; order: number; note: string; ifMatch: number | undefined }
  | { kind: 'pay'; order: number; status: 'paid' | 'unpaid' }
  | { kind: 'remove'; order: number }
  | { kind: 'command'; order: number; display: 0 | 1; intent: 'due' | 'acknowledge' | 'wrong' }
  | { kind: 'nonsense' };

const order = fc.nat(7);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

export const randomWrite: fc.Arbitrary<RandomWrite> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('place' as const),
      externalId: maybe(fc.constantFrom('a', 'b', 'c')),
      fulfilment: fc.constantFrom('pickup', 'delivery' as const),
      note: fc.string({ unit: 'grapheme', maxLength: 40 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('status' as const),
      order,
      to: fc.constantFrom('preparing', 'ready', 'completed', ...STATUSES),
      reason: maybe(fc.constant('x')),
    }),
  },
  fc.record({ kind: fc.constant('patch' as const), order, note: fc.string(), ifMatch: maybe(fc.nat(3)) }),
  fc.record({ kind: fc.constant('pay' as const), order, status: fc.constantFrom('paid' as const, 'unpaid' as const) }),
  fc.record({ kind: fc.constant('remove' as const), order }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('command' as const),
      order,
      display: fc.constantFrom(0 as const, 1 as const),
      intent: fc.constantFrom('due' as const, 'acknowledge' as const, 'wrong' as const),
    }),
  },
  fc.record({ kind: fc.constant('nonsense' as const) }),
);

/** Runs such writes in a shop; each resolves when done or refused, and rejects if the server fails. */
export function createWriter(service: () => Service, shop: Shop, now: () => number) {
  const placed: string[] = [];
  const last: (string | null)[] = [null, null];
  let minutes = 0;

  async function send(write: RandomWrite): Promise<unknown> {
    const { orders, submitCommands } = service();
    const id = 'order' in write ? (placed[write.order % Math.max(1, placed.length)] ?? 'none') : '';
    switch (write.kind) {
      case 'place': {
        const { externalId, fulfilment, note } = write;
        const { order } = await orders.create(shop.integration, shop.id, draft({ externalId, fulfilment, note }));
        return placed.push(order.id);
      }
      case 'status':
        return orders.setStatus(shop.integration, id, write.to, write.reason ? { reason: write.reason } : {});
      case 'patch':
        return orders.patch(ADMIN, id, { note: write.note }, write.ifMatch ? { ifMatch: write.ifMatch } : {});
      case 'pay':
        return orders.setPayment(shop.integration, id, { status: write.status }, {});
      case 'remove':
        return orders.remove(shop.integration, id, {});
      case 'command': {
        const device = write.display === 0 ? shop.display : shop.display2;
        const target = { id, version: 1 };
        const after = last[write.display] ?? null;
        const due = { dueAt: new Date(now() + ++minutes * 60_000).toISOString() };
        const next =
          write.intent === 'due'
            ? command(target, 'set_due', due, now(), after)
            : command(target, 'acknowledge', {}, now(), after);
        last[write.display] = next.commandId;
        return submitCommands(device, [write.intent === 'wrong' ? { ...next, type: 'dance' } : next]);
      }
      case 'nonsense':
        return orders.patch(ADMIN, 'no such order', { note: 'x' }, {});
    }
  }

  return async (write: RandomWrite): Promise<void> => {
    try {
      await send(write);
    } catch (error) {
      const expected = ['not_found', 'invalid_transition', 'invalid_request', 'conflict'];
      if (!(error instanceof Error && 'code' in error && expected.includes(String(error.code)))) throw error;
    }
  };
}
