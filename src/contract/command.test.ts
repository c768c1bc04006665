import { describe, expect, it } from 'vitest';
import { COMMAND_TYPES, Command, CommandBatch, CommandIdentity, CommandResult, Intent, KnownQuery } from './command.ts';

const ID = '0199a0c8-9a52-7cc2-8d5e-6a1f3f6f0c11';
const command = (change: Record<string, unknown> = {}) => ({
  commandId: ID,
  after: null,
  orderId: '0199',
  type: 'set_status',
  payload: { from: 'pending', to: 'preparing' },
  baseVersion: 1,
  issuedAt: '2026-11-21T10:00:00.000Z',
  ...change,
});
const PAYLOADS: Record<string, unknown> = {
  set_status: { from: 'ready', to: 'preparing' },
  set_item_done: { itemId: 'i1', done: true },
  acknowledge: {},
  set_priority: { priority: true },
  set_due: { dueAt: null },
  fire_course: { course: 2 },
  move_items: { items: [{ itemId: 'i1', station: 'grill' }] },
  set_payment: { status: 'paid', method: 'card' },
};

describe('[C6] a command', () => {
  it('has one of seven types, or moves items (ADR 68)', () => {
    expect([...COMMAND_TYPES].sort()).toEqual(Object.keys(PAYLOADS).sort());
  });
  it.each(COMMAND_TYPES)('%s with its payload is accepted, alone and in its envelope', (type) => {
    const intent = { type, payload: PAYLOADS[type] };
    expect(Intent.parse(intent)).toEqual(intent);
    expect(Command.parse(command(intent))).toEqual(command(intent));
  });
  it.each(COMMAND_TYPES)('%s with an extra field is refused', (type) => {
    const payload = { ...(PAYLOADS[type] as object), surprise: 1 };
    expect(Command.safeParse(command({ type, payload })).success).toBe(false);
  });
  it('of an unknown type, or with the payload of another type, is refused', () => {
    expect(Command.safeParse(command({ type: 'explode' })).success).toBe(false);
    expect(Command.safeParse(command({ type: 'set_due' })).success).toBe(false);
    expect(Command.safeParse(command({ surprise: 1 })).success).toBe(false);
  });
  it('accepts current status names only', () => {
    expect(Command.safeParse(command({ payload: { from: 'new', to: 'preparing' } })).success).toBe(false);
  });
});

describe('[C4] a command can be answered if its commandId and after are valid', () => {
  it('whatever else is invalid', () => {
    expect(CommandIdentity.parse(command({ type: 'nope', payload: 7, orderId: null, issuedAt: 'x' }))).toEqual({
      commandId: ID,
      after: null,
    });
  });
  it('and an absent after is null; the legacy number is ignored', () => {
    for (const n of [undefined, 0, 'x', null])
      expect(Command.parse(command({ after: undefined, n }))).toMatchObject({ commandId: ID, after: null });
  });
  it.each([
    ['commandId that is no UUID', { commandId: 'x' }],
    ['no commandId', { commandId: undefined }],
    ['after that is no UUID', { after: 'x' }],
    ['after that is a number', { after: 1 }],
  ])('but not with %s', (_, change) => {
    expect(CommandIdentity.safeParse(command(change)).success).toBe(false);
  });
});

describe('[section 6] a batch', () => {
  const batch = (count: number) => CommandBatch.safeParse({ commands: Array.from({ length: count }, () => ({})) });
  it('has 1 to 50 commands', () => {
    expect([0, 1, 50, 51].map((count) => batch(count).success)).toEqual([false, true, true, false]);
  });
  it('of queried ids has 1 to 500', () => {
    const ask = (count: number) => KnownQuery.safeParse({ ids: Array.from({ length: count }, () => ID) });
    expect([0, 1, 500, 501].map((count) => ask(count).success)).toEqual([false, true, true, false]);
  });
});

it('[C4] a result has one of four outcomes and, when rejected, one of eight codes', () => {
  const result = { commandId: 'x', seq: 4 };
  for (const outcome of ['applied', 'already', 'superseded', 'rejected'])
    expect(CommandResult.safeParse({ ...result, outcome }).success).toBe(true);
  expect(CommandResult.safeParse({ ...result, outcome: 'fork' }).success).toBe(false);
  for (const code of 'order_cancelled too_late invalid_transition not_found stale invalid forbidden quarantined'.split(
    ' ',
  ))
    expect(CommandResult.safeParse({ ...result, outcome: 'rejected', code }).success).toBe(true);
});
