import { hash } from 'node:crypto';
import type { PairAnswer } from '#contract/store.ts';
import { wholeRow } from '../database/checked-rows.ts';
import type { Write, WriteQueue } from '../database/write-queue.ts';
import type { MakeOnce } from '../idempotency/make-once.ts';
import { ServiceError } from '../service-error.ts';
import { addDevice } from './add-device.ts';
import { codeOf, usePairingCode } from './pairing-codes.ts';
import { replaceToken } from './replace-token.ts';

/** How long after it has paired a display may ask again, ms: as long as a code lives. */
const REPEAT_MS = 10 * 60_000;

export interface RedeemParts {
  queue: WriteQueue;
  makeOnce: MakeOnce;
  /** ms since 1970. */
  now(): number;
}

/** As {@link Access.redeemPairingCode}. */
export async function redeemPairingCode(
  { queue, makeOnce, now }: RedeemParts,
  { code: typed, deviceName, key }: { code: string; deviceName: string; key: string | undefined },
): Promise<PairAnswer> {
  const code = codeOf(typed);
  if (code === undefined) return refuse();
  const request = hash('sha256', code);
  // Who knows the key may get a token, so it is stored as a token is.
  const once = key === undefined ? undefined : { callerId: `code ${request}`, key: hash('sha256', key), request };
  const paired = await queue.write(null, (write) =>
    makeOnce<PairAnswer | null>(
      write,
      once,
      async () => {
        const storeId = (await usePairingCode(write, code, now())) ?? refuse();
        const at = new Date(now()).toISOString();
        const made = await addDevice(write, { storeId, name: deviceName, role: 'display', at });
        return { id: made.deviceId, made: { storeId, ...made } };
      },
      (deviceId) => pairAgain(write, deviceId, now()),
    ),
  );
  return paired ?? refuse();
}

/** Null: it has paired too long ago, or is revoked. */
async function pairAgain({ tx }: Write, deviceId: string, now: number): Promise<PairAnswer | null> {
  const row = await tx
    .selectFrom('devices')
    .selectAll()
    .where('id', '=', deviceId)
    .where('token_hash', 'is not', null)
    .executeTakeFirst();
  const device = row && wholeRow('devices', row);
  // A device of later means that the clock was set back since.
  const age = device ? now - Date.parse(device.created_at) : -1;
  if (!device || age < 0 || age >= REPEAT_MS) return null;
  return { storeId: device.store_id, deviceId, token: await replaceToken(tx, device, now) };
}

function refuse(): never {
  throw new ServiceError('not_found', 'This pairing code is wrong, used or too old. Ask for a new one.');
}
