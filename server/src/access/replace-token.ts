import { doubled, withChecksum } from '../database/checked-rows.ts';
import type { DeviceRow } from '../database/tables.ts';
import type { Write } from '../database/write-queue.ts';
import { FORMER_MS } from './token-holders.ts';
import { newToken, tokenHash } from './tokens.ts';

/** Gives a device another token. The one before stays valid for ten minutes, in which people enter the new one. */
export async function replaceToken(tx: Write['tx'], device: DeviceRow, now: number): Promise<string> {
  const token = newToken(device.role);
  const iso = (ms: number) => new Date(ms).toISOString();
  await tx.deleteFrom('former_tokens').where('expires_at', '<=', iso(now)).execute();
  if (device.token_hash !== null) {
    const former = { token_hash: device.token_hash, device_id: device.id, expires_at: iso(now + FORMER_MS) };
    await tx.insertInto('former_tokens').values(withChecksum('former_tokens', former)).execute();
  }
  const replaced = doubled('devices', { ...device, token_hash: tokenHash(token) });
  await tx.updateTable('devices').set(replaced).where('id', '=', device.id).execute();
  return token;
}
