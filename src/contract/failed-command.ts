import { z } from 'zod';
import { COMMAND_TYPES, REJECTIONS } from './command.ts';
import { Order } from './order.ts';

/** Why a command failed: the server refused it, or it was `damaged` on this display's disk and could not be sent. */
export const FAILURES = [...REJECTIONS, 'damaged'] as const;
export type Failure = (typeof FAILURES)[number];

/** A refused command (C4). It needs attention and stays until dismissed. */
export const FailedCommand = z.object({
  id: z.string(),
  orderId: z.string(),
  orderNumber: z.string().nullable(),
  commandType: z.enum(COMMAND_TYPES),
  payload: z.record(z.string(), z.unknown()),
  code: z.enum(FAILURES),
  message: z.string(),
  /** When it was tapped and when it was refused. */
  issuedAt: z.number(),
  at: z.number(),
  /** The order as it is now; null when it was deleted. */
  order: Order.nullable(),
});
export type FailedCommand = z.infer<typeof FailedCommand>;
