import { setTimeout as pause } from 'node:timers/promises';

/**
 * Lets everything else run between two slices of a long read, for as long as a slice takes. Throws the signal's reason
 * once nobody waits for the read.
 */
export async function pauseBetweenSlices(signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await pause(2);
}
