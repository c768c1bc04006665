import type { Service } from '../service.ts';

/** Whether the ledger holds the command that a display names as its last answered one; true if it names none (C3). */
export async function isKnown(
  service: Service,
  deviceId: string,
  answered: string | null | undefined,
): Promise<boolean> {
  return answered == null || (await service.knownCommands(deviceId, [answered])).length > 0;
}
