import type { Kysely } from 'kysely';
import type { Device } from '#contract/store.ts';
import { doubled, wholeRow } from '../database/checked-rows.ts';
import type { DeviceRow, Tables } from '../database/tables.ts';
import type { Write, WriteQueue } from '../database/write-queue.ts';
import type { Hints } from '../hints/hints.ts';
import type { MakeOnce } from '../idempotency/make-once.ts';
import type { Access, Credential } from '../service.ts';
import { ServiceError } from '../service-error.ts';
import { findStore } from '../stores/find-store.ts';
import { addDevice } from './add-device.ts';
import { createCallers } from './callers.ts';
import { createPairingCode } from './pairing-codes.ts';
import { redeemPairingCode } from './redeem-pairing-code.ts';
import { replaceToken } from './replace-token.ts';
import type { Seen, SeenDevices } from './seen-devices.ts';
import { createSessions } from './sessions.ts';
import { createTokenHolders } from './token-holders.ts';
import { tokenHash } from './tokens.ts';

export interface AccessParts {
  db: Kysely<Tables>;
  queue: WriteQueue;
  seen: SeenDevices;
  hints: Hints;
  makeOnce: MakeOnce;
  adminToken: string | null;
  now(): number;
  /** ms on a clock that never jumps. */
  elapsed(): number;
}

export interface AccessService extends Access {
  /** Looks up this device's token in the database again; a wrong hint costs a query. */
  forget(deviceId: string): void;
}

export function createAccessService({
  db,
  queue,
  seen,
  hints,
  makeOnce,
  adminToken,
  now,
  elapsed,
}: AccessParts): AccessService {
  const holders = createTokenHolders(db, adminToken, now);
  const callers = createCallers(holders, elapsed);
  const sessions = createSessions({ db, queue, holders, now });
  const at = () => new Date(now()).toISOString();

  function sayRevoked(deviceId: string): void {
    callers.forget(deviceId);
    hints.say({ kind: 'revoked', deviceId });
  }

  return {
    callerOf: callers.callerOf,
    forget: callers.forget,
    openSession: sessions.open,
    callerOfSession: sessions.callerOf,
    endSession: sessions.end,
    async ended(credentials) {
      const hashes = new Map(credentials.flatMap((one) => ('token' in one ? [[one, tokenHash(one.token)]] : [])));
      const valid = await holders.valid([...new Set(hashes.values())]);
      const ended: Credential[] = [];
      for (const one of credentials) {
        const isValid = 'token' in one ? valid.has(hashes.get(one) ?? '') : await sessions.callerOf(one.session);
        if (!isValid) ended.push(one);
      }
      return ended;
    },
    createDevice: (storeId, { name, role }, once) =>
      queue.write(storeId, (write) =>
        makeOnce(
          write,
          once,
          async () => {
            await findStore(write.tx, storeId);
            const made = await addDevice(write, { storeId, name, role, at: at() });
            return { id: made.deviceId, made };
          },
          async (deviceId) => {
            const device = await findDevice(write.tx, deviceId, storeId);
            if (device.last_seen_at !== null || seen.pending().has(deviceId)) refuseUsed(deviceId);
            return { deviceId, token: await replaceToken(write.tx, device, now()) };
          },
        ),
      ),
    async listDevices(storeId) {
      const pending = seen.pending();
      await findStore(db, storeId);
      const rows = await db
        .selectFrom('devices')
        .selectAll()
        .where('store_id', '=', storeId)
        .where('token_hash', 'is not', null)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map((stored) => {
        // One of which both copies are damaged is still listed, so that it can be revoked.
        const row = wholeRow('devices', stored) ?? stored;
        const { id: deviceId, name, role, created_at: createdAt } = row;
        return { deviceId, name, role, createdAt, ...lastSeen(row, pending.get(deviceId)) };
      });
    },
    async revokeDevice(deviceId, storeId = null) {
      try {
        await queue.write(null, async ({ tx }) => {
          const device = await findDevice(tx, deviceId, storeId);
          const revoked = doubled('devices', { ...device, token_hash: null });
          await tx.updateTable('devices').set(revoked).where('id', '=', deviceId).execute();
          await tx.deleteFrom('former_tokens').where('device_id', '=', deviceId).execute();
        });
      } catch (error) {
        if (error instanceof ServiceError) throw error;
        // It may have been carried out.
        sayRevoked(deviceId);
        throw error;
      }
      sayRevoked(deviceId);
    },
    rotateToken: ({ role, id, storeId }, deviceId) =>
      queue.write(null, async ({ tx }) => {
        const device = await findDevice(tx, deviceId, storeId);
        if (device.role === 'manager' && role !== 'admin' && device.id !== id)
          throw new ServiceError('forbidden', 'Only an admin gives another manager a token.');
        return { token: await replaceToken(tx, device, now()) };
      }),
    async revoked(deviceIds) {
      if (deviceIds.length === 0) return [];
      const valid = await db
        .selectFrom('devices')
        .select('id')
        .where('id', 'in', deviceIds)
        .where('token_hash', 'is not', null)
        .execute();
      const ids = new Set(valid.map(({ id }) => id));
      return deviceIds.filter((id) => !ids.has(id));
    },
    seen: (deviceId, cursor) => seen.note(deviceId, now(), cursor),
    createPairingCode: (storeId) =>
      queue.write(storeId, async (write) => {
        await findStore(write.tx, storeId);
        return createPairingCode(write, storeId, now());
      }),
    redeemPairingCode: (code, deviceName, key) =>
      redeemPairingCode({ queue, makeOnce, now }, { code, deviceName, key }),
  };
}

function refuseUsed(deviceId: string): never {
  throw new ServiceError(
    'conflict',
    `This Idempotency-Key made the device ${deviceId}, whose token is in use and not shown again. Rotate it to get another.`,
  );
}

/** @param pending what is not in the row yet; another node may have seen the device since */
function lastSeen(row: DeviceRow, pending: Seen | undefined): Pick<Device, 'lastSeenAt' | 'cursor'> {
  const lastSeenAt = pending ? new Date(pending.at).toISOString() : '';
  if (!pending || lastSeenAt < (row.last_seen_at ?? '')) return { lastSeenAt: row.last_seen_at, cursor: row.cursor };
  return { lastSeenAt, cursor: pending.cursor === undefined ? row.cursor : pending.cursor };
}

/** Refuses with `not_found` a device that is revoked, or not of this store (null: of any). */
async function findDevice(tx: Write['tx'], deviceId: string, storeId: string | null): Promise<DeviceRow> {
  const row = await tx
    .selectFrom('devices')
    .selectAll()
    .where('id', '=', deviceId)
    .where('token_hash', 'is not', null)
    .executeTakeFirst();
  const device = row && (wholeRow('devices', row) ?? row);
  if (!device || (storeId !== null && device.store_id !== storeId))
    throw new ServiceError('not_found', 'There is no such device.');
  return device;
}
