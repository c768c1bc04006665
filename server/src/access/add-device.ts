import { v7 as uuid } from 'uuid';
import type { DeviceRole } from '#contract/store.ts';
import { doubled } from '../database/checked-rows.ts';
import type { Write } from '../database/write-queue.ts';
import { newToken, tokenHash } from './tokens.ts';

/** Returns the token; only its hash is stored. */
export async function addDevice(
  { tx }: Write,
  device: { storeId: string; name: string; role: DeviceRole; at: string },
): Promise<{ deviceId: string; token: string }> {
  const deviceId = uuid();
  const token = newToken(device.role);
  await tx
    .insertInto('devices')
    .values(
      doubled('devices', {
        id: deviceId,
        store_id: device.storeId,
        name: device.name,
        role: device.role,
        token_hash: tokenHash(token),
        created_at: device.at,
        last_seen_at: null,
        cursor: null,
      }),
    )
    .execute();
  return { deviceId, token };
}
