import { Command, type CommandResult, type Intent, type Rejection } from '#contract/command.ts';
import { type DecideContext, decide } from '#contract/decide.ts';
import type { Order } from '#contract/order.ts';
import type { By } from '#contract/sync.ts';
import type { Write } from '../database/write-queue.ts';
import { recordChange } from '../log/record-change.ts';
import { findOrder } from '../orders/order-rows.ts';
import type { DeviceCaller } from '../service.ts';
import type { Numbered } from './numbered.ts';

/** A command's answer without the number it is the answer to. */
export type Answer = Omit<CommandResult, 'n' | 'commandId' | 'replayed'>;

/** Decides one command and gives it its effect, within the running transaction (C4, C6). */
export async function answerCommand(write: Write, device: DeviceCaller, entry: Numbered, now: number): Promise<Answer> {
  const { tx } = write;
  const { storeId } = device;
  const seq = await headOf(write, storeId);
  // Whatever else is wrong with a void: it is there to use up its number.
  if (entry.type === 'void') return { outcome: 'already', seq };
  const order = typeof entry.orderId === 'string' ? await findOrder(tx, storeId, entry.orderId) : undefined;
  const parsed = Command.safeParse(entry);
  if (!parsed.success) return rejected('invalid', 'The server does not understand this command.', seq, order);

  const command = parsed.data;
  return answerIntent(write, {
    order,
    intent: command,
    seq,
    by: { role: device.role, id: device.id, name: device.name },
    cause: { deviceId: device.id, n: entry.n },
    context: {
      now,
      issuedAt: Date.parse(command.issuedAt),
      baseVersion: command.baseVersion,
      by: device.name,
    },
  });
}

/** Somebody's intent of an order; `seq` is where the log is, and undefined is no order that they can reach. */
export interface Wished {
  order: Order | undefined;
  intent: Intent;
  seq: number;
  by: By;
  cause?: { deviceId: string; n: number };
  context: DecideContext;
}

/** Decides an intent and gives it its effect. */
export async function answerIntent(write: Write, { order, intent, seq, by, cause, context }: Wished): Promise<Answer> {
  const decision = decide(order, intent, context);
  if (decision.outcome === 'rejected') return rejected(decision.code, decision.message, seq, order);
  if (decision.outcome !== 'applied') return { outcome: decision.outcome, seq };
  const { previousStatus, reason } = decision;
  const after = await recordChange(write, {
    type: decision.type,
    order: decision.order,
    by,
    ...(cause && { cause }),
    ...(previousStatus && { previousStatus }),
    ...(reason !== undefined && { reason }),
  });
  return { outcome: 'applied', seq: after.seq };
}

export function rejected(code: Rejection, message: string, seq: number, order: Order | undefined): Answer {
  return { outcome: 'rejected', seq, code, message, ...(order && { order }) };
}

/** Where the store's log is now, within this transaction. */
export async function headOf({ tx }: Write, storeId: string): Promise<number> {
  const log = await tx
    .selectFrom('store_logs')
    .select('head')
    .where('store_id', '=', storeId)
    .executeTakeFirstOrThrow();
  return log.head;
}
