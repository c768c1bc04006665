import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { makeOrder } from '../feed/make-order.ts';
import { createRandom } from '../feed/random.ts';
import { callApi } from './api.ts';

const STORE = 'main';
const Tokens = z.object({
  admin: z.string(),
  integration: z.string().nullable(),
  display: z.string().nullable(),
  /** Absent in files of older versions. */
  manager: z.string().nullable().default(null),
});
export type Tokens = { [K in keyof z.infer<typeof Tokens>]: string };
const Created = z.object({ token: z.string() });

/** The admin token of this data folder: the stored one, or a new one. Only its owner can read the file. */
export function adminTokenIn(file: string): string {
  const kept = readTokens(file);
  if (kept) return kept.admin;
  const admin = randomBytes(24).toString('base64url');
  writeFileSync(file, JSON.stringify({ admin, integration: null, display: null, manager: null }), { mode: 0o600 });
  return admin;
}

/**
 * One shop with one shop system, one display and one manager, created over the HTTP API. Reuses what an earlier run created, and replaces a
 * revoked token.
 *
 * @returns the tokens, which it stores in `file`
 */
export async function ensureDemoShop(serverUrl: string, admin: string, file: string): Promise<Tokens> {
  const ask = (token: string, method: string, path: string, body?: unknown) =>
    callApi(serverUrl, token, method, path, body);
  if ((await ask(admin, 'GET', `/stores/${STORE}`)).status !== 200) {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    await ask(admin, 'POST', '/stores', { id: STORE, name: 'Rustaveli 24', currency: 'GEL', timeZone });
  }
  const kept = readTokens(file);
  const works = async (token: string) => (await ask(token, 'GET', `/orders?limit=1`)).status === 200;
  const tokenFor = async (role: 'integration' | 'display' | 'manager', name: string): Promise<string> => {
    const old = kept?.[role];
    if (old && (await works(old))) return old;
    return Created.parse((await ask(admin, 'POST', `/stores/${STORE}/devices`, { name, role })).body).token;
  };
  const tokens = {
    admin,
    integration: await tokenFor('integration', 'Till and web shop'),
    display: await tokenFor('display', 'Kitchen'),
    manager: await tokenFor('manager', 'Owner'),
  };
  writeFileSync(file, JSON.stringify(tokens, null, 2), { mode: 0o600 });
  return tokens;
}

const Code = z.object({ code: z.string() });
const Placed = z.object({ tracking: z.object({ url: z.string() }) });

/** A code for another screen of the demo shop, good for ten minutes. */
export async function demoPairingCode(serverUrl: string, admin: string): Promise<string> {
  return Code.parse((await callApi(serverUrl, admin, 'POST', `/stores/${STORE}/pairing-codes`)).body).code;
}

/** Places an order of the simulated service. @returns where its customer can follow it */
export async function placeTrackedOrder(serverUrl: string, integration: string): Promise<string> {
  const now = Date.now();
  const draft = makeOrder(createRandom(now), now);
  return Placed.parse((await callApi(serverUrl, integration, 'POST', '/orders', draft)).body).tracking.url;
}

function readTokens(file: string): z.infer<typeof Tokens> | null {
  try {
    return Tokens.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
