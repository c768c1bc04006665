import { ServiceError } from '../service-error.ts';
import type { Unnumbered } from './new-order.ts';

/**
 * Most bytes of an order as JSON. A body of 128 KiB can grow past that when defaults are added. No message may exceed
 * 256 KiB and no batch 192 KiB, so one order always fits, whatever commands add to it later.
 */
export const MAX_ORDER_BYTES = 160 * 1024;

/** Refuses with `too_large`. */
export function checkSize(order: Unnumbered): void {
  if (Buffer.byteLength(JSON.stringify(order)) > MAX_ORDER_BYTES)
    throw new ServiceError('too_large', `An order may have at most ${MAX_ORDER_BYTES / 1024} KiB with all its fields.`);
}
