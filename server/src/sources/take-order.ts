import { createHash } from 'node:crypto';
import type { Order, OrderDraft } from '#contract/order.ts';
import { isOpen, moveOf, nextStatus, RANK, type Status } from '#contract/status.ts';
import type { By } from '#contract/sync.ts';
import type { OnDamage } from '../database/damage.ts';
import type { Write } from '../database/write-queue.ts';
import { patchOrder, setPayment, setStatus } from '../orders/change-order.ts';
import { createOrder } from '../orders/create-order.ts';
import { findOrder } from '../orders/order-rows.ts';
import type { TheirOrder, TheirState } from './adapter.ts';
import { fitDraft } from './fit-draft.ts';
import { findMark, type MarkValues, marksInAccounts, saveMark, unknownMark } from './source-marks.ts';
import type { SourceRow } from './source-tables.ts';

export interface TakeContext {
  /** ms since 1970. */
  now: number;
  onDamage: OnDamage;
  /** An order that is already finished there is left out. */
  isFirstPull: boolean;
}

export interface Taken {
  outcome: 'taken' | 'unchanged';
  externalId: string;
  detail: string | null;
}

type Known = Extract<TheirState, { kind: 'order' }>;

/**
 * Takes the state of an order of a source, once: a repeat and an older state change nothing. Throws a `ZodError` or a
 * `ServiceError` of what cannot be taken. It must run in a savepoint.
 */
export async function takeOrder(
  write: Write,
  source: SourceRow,
  { id, mark: at, isCurrent = false, state }: TheirOrder,
  context: TakeContext,
): Promise<Taken> {
  let before: MarkValues | undefined = await findMark(write.tx, source, id);
  const mark = Math.max(Math.trunc(at), isCurrent && before ? before.mark : Number.NEGATIVE_INFINITY);
  const externalId = await externalIdOf(write, source, id);
  const unchanged = (detail: string | null): Taken => ({ outcome: 'unchanged', externalId, detail });
  if (state.kind === 'none') return unchanged(state.why);
  if (before && mark < before.mark) return unchanged('An older state came late.');
  const draft = fitDraft(state.draft);
  const content = createHash('sha256').update(JSON.stringify(draft)).digest('hex');
  const by: By = { role: 'integration', id: source.id, name: source.name };
  const next = { mark, content, their_status: state.theirStatus };

  if (!before) {
    if (context.isFirstPull && !isOpen(state.status)) return unchanged(null);
    const whole = { ...draft, externalId, source: source.name, status: state.status };
    const { order, created } = await createOrder(write, source.store_id, whole, { by, ...context });
    if (created || context.isFirstPull) {
      const agreed = state.status === 'pending' ? null : state.status;
      await saveMark(write.tx, source, id, { ...next, order_id: order.id, agreed });
      return created ? { outcome: 'taken', externalId, detail: null } : unchanged(null);
    }
    before = unknownMark(order.id);
  }

  const order = await findOrder(write.tx, source.store_id, before.order_id);
  if (!order) {
    await saveMark(write.tx, source, id, { ...before, ...next });
    return unchanged('The order is deleted here.');
  }
  const isChanged = content !== before.content;
  let after = order;
  let detail: string | null = null;
  if (isChanged) {
    if (order.status === 'pending' || order.status === 'preparing')
      after = await patchOrder(write, after, patchOf(draft), { by, now: context.now });
    else detail = `They changed it, but it is ${order.status} here: look at it there.`;
    if (draft.payment)
      after = await setPayment(
        write,
        after,
        { status: draft.payment.status, ...(draft.payment.method !== undefined && { method: draft.payment.method }) },
        { by, now: context.now },
      );
  }
  let { agreed } = before;
  if (state.theirStatus !== before.their_status && state.status !== agreed) {
    const moved = await follow(write, after, state, { by, now: context.now, name: source.name });
    detail ??= moved ? null : `Their status “${state.theirStatus}” does not go with ${after.status} here.`;
    after = moved ?? after;
    agreed = state.status;
  }
  await saveMark(write.tx, source, id, { ...before, ...next, agreed });
  return after === order ? unchanged(detail) : { outcome: 'taken', externalId, detail };
}

/**
 * Walks the steps of the status table to their status. Never back: the kitchen may be further than the shop knows.
 *
 * @returns null: it cannot get there
 */
async function follow(
  write: Write,
  order: Order,
  { status, reason }: Pick<Known, 'status' | 'reason'>,
  { by, now, name }: { by: By; now: number; name: string },
): Promise<Order | null> {
  if (order.status === status) return order;
  const to = RANK[status];
  if (to === null) {
    const end: Status = moveOf(order.status, status, order.fulfilment) === 'end' ? status : 'cancelled';
    if (moveOf(order.status, end, order.fulfilment) !== 'end') return null;
    return setStatus(write, order, end, { by, now, reason: (reason || `Cancelled in ${name}`).slice(0, 500) });
  }
  let after = order;
  for (;;) {
    const step = nextStatus(after.status, after.fulfilment);
    const rank = step && RANK[step];
    if (step === null || rank === null || rank > to) return after === order ? null : after;
    after = await setStatus(write, after, step, { by, now });
    if (step === status) return after;
  }
}

const patchOf = ({ items, note, customer, table, covers, dueAt, totalMinor }: OrderDraft) => ({
  items,
  note: note ?? '',
  customer: { ref: customer?.ref ?? '', name: customer?.name ?? '', phone: customer?.phone ?? '' },
  table: table ?? '',
  totalMinor,
  ...(covers !== undefined && { covers }),
  ...(dueAt !== undefined && { dueAt }),
});

/** `<kind>:<id>`, and with the account if another account of the store has an order with this id (ADR 43). */
async function externalIdOf({ tx }: Write, source: SourceRow, id: string): Promise<string> {
  const { store_id, kind, account } = source;
  const others = await marksInAccounts(tx, source, id);
  const first = `${kind}:${id}`;
  if (others.every((other) => other.account === account)) return first;
  const holder = await tx
    .selectFrom('external_ids')
    .select('order_id')
    .where('store_id', '=', store_id)
    .where('external_id', '=', first)
    .executeTakeFirst();
  const owner = others.find(({ order_id }) => order_id === holder?.order_id);
  return !owner || owner.account === account ? first : `${first}@${account}`;
}
