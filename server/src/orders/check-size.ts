import { ServiceError } from '../service-error.ts';
import type { Unnumbered } from './new-order.ts';

/**
 * Bytes of an order as JSON. A body of 128 KiB can grow past that when its defaults are filled in, and no message may
 * be over 256 KiB, nor a batch over 192 KiB, so that one order always fits, whatever commands add to it later.
 */
export const MAX_ORDER_BYTES = 160 * 1024;

/** Refuses with `too_large`. */
export function checkSize(order: Unnumbered): void {
  if (Buffer.byteLength(JSON.stringify(order)) > MAX_ORDER_BYTES)
    throw new ServiceError('too_large', `An order may have at most ${MAX_ORDER_BYTES / 1024} KiB with all its fields.`);
}
