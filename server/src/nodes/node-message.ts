import { z } from 'zod';
import type { Hint } from '../hints/hints.ts';

/** A hint that other nodes need; `presence` goes by {@link NodeMessage.displays}. */
export type SharedHint = Exclude<Hint, { kind: 'presence' }>;

/** What one node says to the others. Like a hint, it may be lost, late or wrong. */
export interface NodeMessage {
  hints: SharedHint[];
  /** Which displays are live there, or what they have stored, has changed in the database. */
  displays: boolean;
  /** Requests that were counted there since its last message, by the key of their token. */
  taken: [key: string, count: number][];
}

/** Most hints, and most keys, in a message. */
export const MOST_IN_MESSAGE = 500;

const Id = z.string().min(1).max(200);
const Shared = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('head'), storeId: Id, head: z.int().nonnegative() }),
  z.object({ kind: z.literal('revoked'), deviceId: Id }),
  z.object({ kind: z.literal('escalation'), storeId: Id, id: Id }),
  z.object({ kind: z.literal('availability'), storeId: Id }),
  z.object({ kind: z.literal('webhooks'), storeId: Id }),
]) satisfies z.ZodType<SharedHint>;
const Message = z.object({
  // Each is checked alone: a newer node may have other kinds.
  hints: z.array(z.unknown()).max(MOST_IN_MESSAGE),
  displays: z.boolean(),
  taken: z.array(z.tuple([z.string().min(1).max(1_000), z.int().positive()])).max(MOST_IN_MESSAGE),
});

export const writeMessage = (message: NodeMessage): string => JSON.stringify(message);

/** null: it is none. */
export function readMessage(text: string): NodeMessage | null {
  try {
    const { hints, ...rest } = Message.parse(JSON.parse(text));
    return { ...rest, hints: hints.flatMap((hint) => Shared.safeParse(hint).data ?? []) };
  } catch {
    return null;
  }
}
