import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { until } from '#test/support/until.ts';
import type { DeviceCaller } from '../caller.ts';
import type { DataService } from '../create-service.ts';
import { DATABASES } from '../testing/databases.ts';
import { makeShop } from '../testing/shop.ts';
import type { TempService } from '../testing/temp-service.ts';
import { NODE_LIVES_MS } from './share-displays.ts';

let temp: TempService;
let a: DataService;
let b: DataService;
let kitchen: DeviceCaller;
let bar: DeviceCaller;

beforeEach(async () => {
  const [database] = DATABASES;
  if (!database) throw new Error('there is a database');
  temp = await database.start();
  a = temp.service;
  b = await temp.open();
  onTestFinished(() => void Promise.all([a.nodes?.leave(), b.nodes?.leave()]));
  await makeShop(a);
  [kitchen, bar] = [await addDisplay('Kitchen'), await addDisplay('Bar')];
  await look();
});

async function addDisplay(name: string): Promise<DeviceCaller> {
  const { deviceId } = await a.access.createDevice('main', { name, role: 'display' });
  return { role: 'display', id: deviceId, name, storeId: 'main' };
}
/** What both do once a second. */
async function look(): Promise<void> {
  for (const { nodes } of [a, b, a]) await nodes?.look();
}
const names = (service: DataService) =>
  service.receipts
    .presence('main')
    .displays.map(({ name, cursor }) => `${name} ${cursor}`)
    .sort();
const expectBoth = (...displays: string[]) => expect([names(a), names(b)]).toEqual([displays, displays]);
const removeNodes = () => temp.run('delete from nodes');
/** As if so much time had passed since the nodes were last seen. */
const age = (ms: number) => temp.run(`update nodes set seen_ms = seen_ms - ${ms}`);

it('[section 15] all nodes know the displays of all, what each has stored, and when it goes', async () => {
  const leaveA = a.receipts.connected(kitchen);
  a.receipts.onDisk(kitchen, 3);
  b.receipts.polled(bar, 1);
  await look();
  expectBoth('Bar 1', 'Kitchen 3');
  expect([a, b].map(({ receipts }) => receipts.isConnected(kitchen.id))).toEqual([true, true]);
  expect([a, b].map(({ receipts }) => receipts.isConnected(bar.id))).toEqual([false, false]);
  a.receipts.onDisk(kitchen, 4);
  await look();
  expectBoth('Bar 1', 'Kitchen 4');
  leaveA();
  await look();
  expectBoth('Bar 1');
});

it('writes at once when a display comes, and says so', async () => {
  let written = 0;
  a.nodes?.onWritten(() => void written++);
  a.receipts.connected(kitchen);
  await until('it is written', () => written === 1, 3_000, 5);
  b.nodes?.heard();
  await until('the other has read it', () => names(b).length === 1, 3_000, 5);
});

it('a display that moves is there once, with what it says where it is now', async () => {
  const leaveA = a.receipts.connected(kitchen);
  a.receipts.onDisk(kitchen, 7);
  await look();
  temp.clock.now += 1_000;
  const leaveB = b.receipts.connected(kitchen);
  b.receipts.onDisk(kitchen, 8);
  await look();
  expectBoth('Kitchen 8');
  leaveA();
  await look();
  expectBoth('Kitchen 8');
  leaveB();
  await look();
  expectBoth();
});

it('a node that says nothing for eight seconds is believed to be dead, with its displays', async () => {
  a.receipts.connected(kitchen);
  b.receipts.connected(bar);
  await look();
  await age(NODE_LIVES_MS + 1);
  await b.nodes?.look();
  expect([names(b), b.nodes?.count()]).toEqual([['Bar 0'], 1]);
  await look();
  expectBoth('Bar 0', 'Kitchen 0');
});

it('after the database was away, the others have eight seconds to say that they live', async () => {
  a.receipts.connected(kitchen);
  await look();
  await age(3_600_000);
  temp.clock.now += 3_600_000;
  await b.nodes?.look();
  expect(names(b)).toEqual(['Kitchen 0']);
  for (let i = 0; i < 3; i++) {
    temp.clock.now += 3_000;
    await b.nodes?.look();
  }
  expect(names(b)).toEqual([]);
});

it('a node that was removed comes back with its displays', async () => {
  a.receipts.connected(kitchen);
  b.receipts.connected(bar);
  await look();
  await removeNodes();
  await look();
  expectBoth('Bar 0', 'Kitchen 0');
  expect([a.nodes?.count(), b.nodes?.count()]).toEqual([2, 2]);
});

it('removes nodes that are dead for a minute, and itself when it ends', async () => {
  await temp.run("insert into nodes (id, version, seen_ms) values ('dead', 0, 0)");
  a.receipts.connected(kitchen);
  await look();
  await a.nodes?.leave();
  await b.nodes?.look();
  expect(await temp.run('select count(*)::int as nodes from nodes')).toEqual([{ nodes: 1 }]);
  expect(await temp.run('select * from node_displays')).toEqual([]);
  expect(names(b)).toEqual([]);
});

it('[section 3] a revoked display is gone on all nodes, without a hint', async () => {
  a.receipts.connected(kitchen);
  await look();
  await a.access.revokeDevice(kitchen.id);
  await until('it is gone', () => names(a).length === 0, 3_000, 5);
  await look();
  expectBoth();
});
