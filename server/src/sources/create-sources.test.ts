import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { lossyTerm } from '../testing/lossy-term.ts';
import { makeShop } from '../testing/shop.ts';
import { sqliteService } from '../testing/temp-service.ts';
import { createFakeWooCommerce } from './woocommerce/testing/fake-woocommerce.ts';

it('a source runs once, and ends, if the database failed while it was begun', async () => {
  const temp = await sqliteService();
  onTestFinished(() => temp.dispose());
  await makeShop(temp.service);
  const web = await createFakeWooCommerce();
  onTestFinished(() => web.close());
  const { runSources, lookAtSources, sources, leases } = temp.service;
  await sources.create(
    'main',
    {
      kind: 'woocommerce',
      name: 'Web shop',
      settings: { url: 'https://shop.example', baseUrl: web.url, pollSeconds: 5 },
      secret: { consumerKey: 'ck', consumerSecret: 'cs', webhookSecret: 'hush' },
    },
    'https://o.example',
  );
  const stop = runSources(await lossyTerm(leases, 'undone', async () => true));
  await lookAtSources();
  expect(temp.logged).toContain('a source did not start');
  await lookAtSources();
  expect(sources.states().woocommerce.working).toBe(1);
  await stop();
  // What was under way arrives; the next pull of one that goes on would come after five seconds.
  await pause(1_000);
  const before = web.requests.length;
  await pause(5_000);
  expect(web.requests.length).toBe(before);
});
