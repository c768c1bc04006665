import { randomUUID } from 'node:crypto';

/** Makers of what a caller sends. */

/** The least that `POST /orders` takes (contract, section 4); `change` says what is special about this one. */
export function aDraft(change: Record<string, unknown> = {}): Record<string, unknown> {
  return { items: [{ name: 'Khachapuri', quantity: 2 }], currency: 'GEL', totalMinor: 2900, ...change };
}

/** Everything that `POST /orders` takes, each field different from its default. */
export function fullDraft(change: Record<string, unknown> = {}) {
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
    items: [
      {
        id: 'first',
        name: 'Khachapuri',
        quantity: 2,
        modifiers: [{ name: 'extra cheese', quantity: 3 }],
        note: 'no egg',
        allergens: ['milk', 'egg'],
        station: 'oven',
        course: 2,
        unitPriceMinor: 1450,
        done: true,
      },
    ],
    note: 'ring the bell',
    currency: 'GEL',
    totalMinor: 2900,
    payment: { status: 'paid', method: 'card' },
    placedAt: '2026-01-05T10:00:00.000Z',
    dueAt: '2026-01-05T10:30:00.000Z',
    ...change,
  };
}

/** An order whose notes are about so many KiB as JSON; at most 120 fit into a body. */
export function bigDraft(kib: number): Record<string, unknown> {
  const note = 'x'.repeat(1_000);
  return aDraft({ items: Array.from({ length: kib }, () => ({ name: 'Khachapuri', quantity: 1, note })) });
}

export interface CommandDraft {
  commandId: string;
  after: string | null;
  orderId: string;
  type: string;
  payload: unknown;
  baseVersion: number;
  issuedAt: string;
}

/** A command made now, first of its display, by somebody who saw `order` as it is given. */
export function aCommand(
  order: { id: string; version: number },
  type: string,
  payload: unknown = {},
  change: Partial<CommandDraft> = {},
): CommandDraft {
  return {
    commandId: randomUUID(),
    after: null,
    orderId: order.id,
    type,
    payload,
    baseVersion: order.version,
    issuedAt: new Date().toISOString(),
    ...change,
  };
}

/** The commands in one display's order: each names the one before. */
export function chained<T extends CommandDraft[]>(...commands: T): T {
  return commands.map((one, i) => ({ ...one, after: commands[i - 1]?.commandId ?? null })) as T;
}
