import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { connectFeed } from '#test/support/feed-client.ts';
import { connectStore } from '#test/support/store-socket.ts';
import { until } from '#test/support/until.ts';
import { readSettings } from '../../settings.ts';
import { makeShop } from '../../testing/shop.ts';
import { ADMIN_TOKEN, sqliteService } from '../../testing/temp-service.ts';
import { createServer } from '../create-server.ts';

it('[section 5] lastSeenAt of a device goes on while its connection lasts, of any kind', async () => {
  const temp = await sqliteService();
  const settings = readSettings({ PORT: '0', ADMIN_TOKEN });
  const server = await createServer({ settings, service: temp.service, log: pino({ level: 'silent' }), lookMs: 1 });
  const stop = await server.listen();
  onTestFinished(async () => {
    await stop();
    await temp.dispose();
  });
  await makeShop(temp.service);
  const make = (role: 'display' | 'integration') => temp.service.access.createDevice('main', { name: role, role });
  const [display, integration, away] = [await make('display'), await make('integration'), await make('display')];
  await connectStore(server.url(), { token: display.token });
  await connectFeed(server.url(), { token: integration.token });
  const seen = async ({ deviceId }: { deviceId: string }) =>
    (await temp.service.access.listDevices('main')).find((device) => device.deviceId === deviceId)?.lastSeenAt;
  temp.clock.now += 3_600_000;
  const now = new Date(temp.clock.now).toISOString();
  for (const device of [display, integration])
    await until('it is seen', async () => (await seen(device)) === now, 5_000);
  expect(await seen(away)).toBeNull();
});
