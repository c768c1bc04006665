import { connect, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { KeptJob } from '#capture/kept-job.ts';
import type { Printed } from '#capture/printed.ts';
import { escpos } from '#capture/testing/escpos.ts';
import { freePort } from '#test/support/free-port.ts';
import type { JobStore, TheirOrder } from '../adapter.ts';
import { print } from './print.ts';

const WITHIN = { timeout: 8_000, interval: 50 };
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A printer on a store of jobs in memory, which can be away. */
async function printer(before: KeptJob[] = []) {
  const kept = [...before];
  const done: string[] = [];
  const orders: TheirOrder[] = [];
  const state = { isAway: false };
  const jobs: JobStore = {
    async keep(printed: Printed) {
      if (state.isAway) throw new Error('the database is away');
      const job = { id: `j${kept.length}`, at: 0, printed };
      kept.push(job);
      return job;
    },
    waiting: async () => kept.filter(({ id }) => !done.includes(id)),
    done: async (id) => void done.push(id),
    refused: async () => undefined,
  };
  const port = await freePort();
  const store = { currency: 'EUR', timeZone: 'UTC' };
  const client = { call: () => Promise.reject(new Error('there is no service')) };
  const calls = print.open({ settings: { port }, secret: null, client, eventsUrl: '', store, now: () => 0 });
  const end = await calls.listen?.(async (taken) => void orders.push(...taken), jobs);
  ends.push(() => end?.());
  return { port, state, orders, done };
}
const till = (port: number) =>
  new Promise<Socket>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    ends.push(() => socket.destroy());
  });
const statusOf = async (port: number) => {
  const socket = await till(port);
  const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString('hex'))));
  socket.write(Uint8Array.from([0x10, 4, 1]));
  return answer;
};

it('a printer that cannot store is off line, and a ticket comes once it can', async () => {
  const { port, state, orders } = await printer();
  expect(await statusOf(port)).toBe('12');
  state.isAway = true;
  (await till(port)).write(escpos().line('Order 5').line('1 x Tea').cut().end());
  await expect.poll(() => statusOf(port), WITHIN).toBe('1a');
  expect(orders).toEqual([]);
  state.isAway = false;
  await expect.poll(() => orders.length, WITHIN).toBe(1);
  expect(await statusOf(port)).toBe('12');
});

it('a ticket that was kept before a crash becomes an order at the next start', async () => {
  const line = { text: '1 x Tea', height: 1, width: 1, bold: false, marked: false };
  const printed = {
    lines: [line],
    moreLines: 0,
    complete: true,
    hash: 'h',
    pictures: 0,
    strays: 0,
    commands: 1,
    unreadable: [],
  };
  const { orders, done } = await printer([{ id: 'kept', at: 0, printed }]);
  expect(orders).toMatchObject([{ id: 'kept', state: { draft: { items: [{ name: 'Tea' }] } } }]);
  expect(done).toEqual(['kept']);
});
