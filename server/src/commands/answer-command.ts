import { Command, type CommandResult, type Intent, type Rejection } from '#contract/command.ts';
import { type DecideContext, decide } from '#contract/decide.ts';
import type { Order } from '#contract/order.ts';
import type { By, Change } from '#contract/sync.ts';
import type { DeviceCaller } from '../caller.ts';
import type { Write } from '../database/write-queue.ts';
import { readLogRow } from '../log/read-log.ts';
import { recordChange } from '../log/record-change.ts';
import { findOrder } from '../orders/order-rows.ts';
import type { UncheckedCommand } from './parse-batch.ts';

/** A command's answer without its identity. */
export type Answer = Omit<CommandResult, 'commandId' | 'replayed'>;

/** Decides one command and applies it, within the running transaction (C4, C6). */
export async function answerCommand(
  write: Write,
  device: DeviceCaller,
  unchecked: UncheckedCommand,
  now: number,
): Promise<Answer> {
  const { tx } = write;
  const { storeId } = device;
  const { head: seq } = await readLogRow(tx, storeId);
  const order = typeof unchecked.orderId === 'string' ? await findOrder(tx, storeId, unchecked.orderId) : undefined;
  const parsed = Command.safeParse(unchecked);
  if (!parsed.success) return rejected('invalid', 'The server does not understand this command.', seq, order);

  const command = parsed.data;
  return answerIntent(write, {
    order,
    intent: command,
    seq,
    by: { role: device.role, id: device.id, name: device.name },
    cause: { deviceId: device.id, commandId: command.commandId },
    context: {
      now,
      issuedAt: Date.parse(command.issuedAt),
      baseVersion: command.baseVersion,
      by: device.name,
    },
  });
}

export interface IntentToAnswer {
  /** undefined: not in the store. */
  order: Order | undefined;
  intent: Intent;
  /** The head of the store's log. */
  seq: number;
  by: By;
  cause?: Change['cause'];
  context: DecideContext;
}

/** Decides an intent and applies it. */
export async function answerIntent(
  write: Write,
  { order, intent, seq, by, cause, context }: IntentToAnswer,
): Promise<Answer> {
  const decision = decide(order, intent, context);
  if (decision.outcome === 'rejected') return rejected(decision.code, decision.message, seq, order);
  if (decision.outcome !== 'applied') return { outcome: decision.outcome, seq };
  const after = await recordChange(write, {
    type: decision.type,
    order: decision.order,
    by,
    cause,
    previousStatus: decision.previousStatus,
    reason: decision.reason,
  });
  return { outcome: 'applied', seq: after.seq };
}

export function rejected(code: Rejection, message: string, seq: number, order: Order | undefined): Answer {
  return { outcome: 'rejected', seq, code, message, ...(order && { order }) };
}
