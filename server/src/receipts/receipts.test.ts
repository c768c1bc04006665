import { beforeEach, expect, it } from 'vitest';
import type { DeviceCaller } from '../caller.ts';
import { createHints, type Hint } from '../hints/hints.ts';
import { createReceipts, type OwnDisplay, type ReceiptBook } from './receipts.ts';

const kitchen: DeviceCaller = { role: 'display', id: 'kitchen', name: 'Kitchen', storeId: 'main' };
const there = (cursor: number | null, since = '2026-11-21T06:00:05.000Z', isConnected = true) => ({
  since,
  isConnected,
  cursor,
});
let now: number;
let heard: Hint[];
let receipts: ReceiptBook;
beforeEach(() => {
  now = Date.parse('2026-11-21T06:00:00.000Z');
  heard = [];
  const hints = createHints({ error: (details) => Promise.reject(details) });
  hints.onHint((hint) => heard.push(hint));
  receipts = createReceipts({ seen: () => {}, hints, now: () => now, elapsed: () => now });
});
const elsewhere = (live: ReturnType<typeof there> | null, cursor = live?.cursor ?? null) =>
  receipts.elsewhere(kitchen, live, cursor);

it('a store with a live display on another node has one', () => {
  now += 9_000;
  expect(receipts.offlineFor('main')).toBe(9_000);
  elsewhere(there(4));
  expect([receipts.offlineFor('main'), receipts.maxAckedSeq('main')]).toEqual([0, 4]);
  expect(receipts.presence('main').displays).toMatchObject([{ deviceId: 'kitchen', name: 'Kitchen', cursor: 4 }]);
  elsewhere(null, 5);
  now += 2_000;
  expect([receipts.offlineFor('main'), receipts.maxAckedSeq('main')]).toEqual([2_000, 5]);
});

it('what a display has said where it is no longer does not undo what it has said since', () => {
  elsewhere(there(9));
  elsewhere(null, 4);
  expect(receipts.maxAckedSeq('main')).toBe(9);
});

it('a display that starts over on another node has stored nothing', () => {
  receipts.onDisk(kitchen, 9);
  elsewhere(there(null));
  expect(receipts.maxAckedSeq('main')).toBe(0);
});

it('a display is shown as on the node where it has a socket, else where it came last', () => {
  receipts.polled(kitchen, 3);
  elsewhere(there(8));
  expect(receipts.presence('main').displays).toMatchObject([{ cursor: 8 }]);
  elsewhere(there(8, '2026-11-21T05:00:00.000Z', false));
  expect(receipts.presence('main').displays).toMatchObject([{ cursor: 3 }]);
  const leave = receipts.connected(kitchen);
  elsewhere(there(8, '2026-11-21T05:00:00.000Z'));
  expect(receipts.presence('main').displays).toMatchObject([{ cursor: 3 }]);
  leave();
  expect(receipts.presence('main').displays).toMatchObject([{ cursor: 8 }]);
  expect(receipts.isConnected('kitchen')).toBe(true);
});

it('hints at comings and goings on other nodes, and at what is stored there', () => {
  const said = () => heard.splice(0).map((hint) => (hint.kind === 'presence' ? hint.what : hint.kind));
  elsewhere(there(1));
  expect(said()).toEqual(['displays']);
  elsewhere(there(2));
  expect(said()).toEqual(['cursors']);
  elsewhere(there(2));
  expect(said()).toEqual([]);
  elsewhere(null);
  expect(said()).toEqual(['displays']);
});

it('tells of the displays here: when they come, get a socket, store more and go', () => {
  const said: OwnDisplay[] = [];
  receipts.onOwn((display) => said.push(display));
  const states = () =>
    said.splice(0).map(({ live, cursor }) => [live && (live.isConnected ? 'socket' : 'polls'), cursor]);
  elsewhere(there(1));
  expect(states()).toEqual([]);
  receipts.polled(kitchen, 1);
  const leave = receipts.connected(kitchen);
  receipts.onDisk(kitchen, 2);
  leave();
  expect(states()).toEqual([
    ['polls', 1],
    ['socket', 1],
    ['socket', 2],
    [null, 2],
  ]);
  receipts.connected(kitchen);
  receipts.forget('kitchen');
  expect(states().at(-1)).toEqual([null, 2]);
});
