import { randomUUID } from 'node:crypto';

export const anItem = (change: Record<string, unknown> = {}) => ({ name: 'Khachapuri', quantity: 1, ...change });

/** The minimal order for `POST /orders` (contract, section 4), overridden by `change`. */
export function aDraft(change: Record<string, unknown> = {}): Record<string, unknown> {
  return { items: [anItem({ quantity: 2 })], currency: 'GEL', totalMinor: 2900, ...change };
}

const MODIFIERS = [{ name: 'extra cheese', quantity: 3 }];
const FULL_ITEM = { note: 'no egg', allergens: ['milk', 'egg'], station: 'oven', course: 2, unitPriceMinor: 1450 };

/** Every field of `POST /orders`, each different from its default. */
export function fullDraft() {
  return {
    number: 'A-17',
    externalId: `web-${randomUUID()}`,
    source: 'web',
    fulfilment: 'dine_in',
    status: 'preparing',
    priority: true,
    customer: { ref: 'u-17', name: 'ნინო 王', phone: '+995555123456' },
    table: '7',
    covers: 4,
    items: [anItem({ id: 'first', quantity: 2, modifiers: MODIFIERS, ...FULL_ITEM, done: true })],
    note: 'ring the bell',
    currency: 'GEL',
    totalMinor: 2900,
    payment: { status: 'paid', method: 'card' },
    placedAt: '2026-01-05T10:00:00.000Z',
    dueAt: '2026-01-05T10:30:00.000Z',
  };
}

/** Notes for an order of about so many KiB as JSON; a body holds at most 120. */
export function bigDraft(kib: number) {
  return { items: Array.from({ length: kib }, () => anItem({ note: 'x'.repeat(1_000) })) };
}

export type CommandDraft = ReturnType<typeof aCommand>;

/** A command issued now, the first of its display, based on `order` as given. */
export function aCommand(
  order: { id: string; version: number },
  type: string,
  payload: unknown = {},
  change: { after?: string | null; issuedAt?: string } = {},
) {
  const after: string | null = null;
  const issuedAt = new Date().toISOString();
  const commandId: string = randomUUID();
  return { commandId, after, orderId: order.id, type, payload, baseVersion: order.version, issuedAt, ...change };
}

/** Chains the commands of one display: each names the one before. */
export function chained<T extends CommandDraft[]>(...commands: T): T {
  return commands.map((one, i) => ({ ...one, after: commands[i - 1]?.commandId ?? null })) as T;
}
