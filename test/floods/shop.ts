import { readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AskServer } from '#test/support/ask-server.ts';
import { orderDraft } from '#test/support/order-draft.ts';
import { connectStore, type StoreClient } from '#test/support/store-socket.ts';

/** Requests under way at the same time while a store is filled. */
const FILLERS = 32;
/** Changes of the order with a long history, at most. */
const LONG_HISTORY = 2_500;
/** Orders that are left open. */
const OPEN = 200;

export async function addStore(api: AskServer, id: string) {
  await api('POST', '/stores', { body: { id, name: id, currency: 'GEL', timeZone: 'UTC' } });
  return async (role: 'display' | 'integration'): Promise<string> =>
    String((await api('POST', `/stores/${id}/devices`, { body: { name: role, role } })).json.token);
}

export interface AttackedStore {
  /** Adds a device and returns its token. */
  device(role: 'display'): Promise<string>;
  /** The token of a display that does not attack. */
  neighbour: string;
  /** The order with a long history. */
  orderId: string;
}

/** The attacked store: `orders` orders, one of them with a long history. */
export async function fillStore(api: AskServer, orders: number): Promise<AttackedStore> {
  const device = await addStore(api, 'attacked');
  const integration = await device('integration');
  let left = orders;
  const filler = async (): Promise<void> => {
    while (left-- > 0) {
      const { json } = await api('POST', '/orders', { token: integration, body: orderDraft() });
      if (left > OPEN) await api('DELETE', `/orders/${json.id}`, { token: integration });
    }
  };
  await Promise.all(Array.from({ length: FILLERS }, filler));
  const { json } = await api('POST', '/orders', { token: integration, body: orderDraft() });
  for (let i = 0; i < Math.min(LONG_HISTORY, orders); i++)
    await api('PATCH', `/orders/${json.id}`, { token: integration, body: { note: `note ${i}` } });
  return { device, neighbour: await device('display'), orderId: json.id };
}

/** A display that follows its store from now on and says when it was cut off. */
export async function bystander(api: AskServer, url: string, token: string): Promise<StoreClient & { cut(): number }> {
  const client = await connectStore(url, { token });
  let cut = 0;
  client.socket.on('disconnect', () => cut++);
  client.confirmAll();
  const { epoch, seq, hash } = (await api('GET', '/snapshot', { token })).json;
  const answer = await client.hello({ epoch, cursor: seq, hash });
  if ('error' in answer || answer.mode !== 'delta') throw new Error(`a display was told ${JSON.stringify(answer)}`);
  return { ...client, cut: () => cut };
}

/** Resident memory of a process, bytes (Linux). */
export function memoryOf(pid: number): number {
  const kilobytes = /VmRSS:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1_024;
}

export async function bytesIn(dir: string): Promise<number> {
  const sizes = (await readdir(dir)).map(async (name) => (await stat(join(dir, name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
