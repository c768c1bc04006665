import { startFakePrinter } from '#paper/testing/fake-printer.ts';
import { createFakeWooCommerce } from '#server/sources/woocommerce/testing/fake-woocommerce.ts';
import { wooPayload } from '#server/sources/woocommerce/testing/woo-payload.ts';
import type { FakeBotApi } from '#server/testing/fake-bot-api.ts';
import { ADMIN_TOKEN } from '#test/e2e/support/server.ts';
import { caller } from '#test/e2e/support/shop.ts';
import { until } from '#test/support/until.ts';

/**
 * Connects a shop to what its owner's pages show: a web shop and another one whose key is wrong, a printer and another
 * one without paper, a chat. @returns ends the services
 */
export async function connectShop(serverUrl: string, storeId: string, bot: FakeBotApi): Promise<() => Promise<void>> {
  const api = caller(serverUrl, ADMIN_TOKEN);
  const woo = await createFakeWooCommerce();
  woo.put(wooPayload({ id: 4750 }));
  const closed = await createFakeWooCommerce({ consumerKey: 'another', consumerSecret: 'another', webhookSecret: '' });
  const web = await addSource('Web shop', 'https://shop.example', woo.url);
  await addSource('Second shop', 'https://second.example', closed.url);
  await api('POST', `/stores/${storeId}/sources`, { kind: 'standard', name: 'Kiosk' });
  await until(
    'the first pull',
    async () => (await api<{ pulledAt: string }>('GET', `/sources/${web}`)).pulledAt,
    20_000,
  );

  const [pass, grill] = [await startFakePrinter(), await startFakePrinter()];
  grill.state.paper = false;
  await addPrinter('Pass', pass.address);
  await api('POST', `/printers/${await addPrinter('Grill', grill.address)}/test`);

  const { code } = await api<{ code: string }>('POST', `/stores/${storeId}/telegram-codes`, {});
  bot.write({ id: -100_117, type: 'supergroup', title: 'Main Street crew' }, `/start ${code}`);
  const chats = () => api<{ chats: unknown[] }>('GET', `/stores/${storeId}/telegram-chats`);
  await until('the chat', async () => (await chats()).chats.length === 1, 20_000);

  async function addSource(name: string, url: string, baseUrl: string): Promise<string> {
    const secret = { consumerKey: 'ck', consumerSecret: 'cs' };
    const body = { kind: 'woocommerce', name, settings: { url, baseUrl }, secret };
    return (await api<{ id: string }>('POST', `/stores/${storeId}/sources`, body)).id;
  }
  async function addPrinter(name: string, address: string): Promise<string> {
    const body = { name, address, on: ['manual', 'accepted', 'no_display'] };
    return (await api<{ id: string }>('POST', `/stores/${storeId}/printers`, body)).id;
  }
  return async () => {
    woo.close();
    closed.close();
    await Promise.all([pass.stop(), grill.stop()]);
  };
}
