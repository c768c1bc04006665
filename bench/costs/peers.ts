import { createServer, type Socket } from 'node:net';
import { startFakeBotApi } from '#server/testing/fake-bot-api.ts';
import { startMockKafka } from '#server/testing/mock-kafka.ts';
import { ADMIN_TOKEN } from '#test/e2e/support/server.ts';
import { freePort } from '#test/support/free-port.ts';
import { until } from '#test/support/until.ts';
import type { Ticketrail } from '../subjects/ticketrail.ts';
import { onCleanUp } from '../support.ts';
import { type Case, costOfOrders } from './cost-of-orders.ts';

/** `again` is a second server without the peers: what it differs from `off` is this machine's noise. */
const STATES = ['off', 'again', 'on', 'dead', 'silent'] as const;
type State = (typeof STATES)[number];
type PeerIn = Record<State, Case>;
const NONE = { off: {}, again: {} };

async function kafkaIn(): Promise<PeerIn> {
  const broker = await startMockKafka();
  onCleanUp(async () => broker.stop());
  const at = (KAFKA_BROKERS: string) => ({ environment: { KAFKA_BROKERS } });
  const dead = `127.0.0.1:${await freePort()}`;
  return { ...NONE, on: at(broker.address), dead: at(dead), silent: at(await silentPeer()) };
}

async function telegramIn(): Promise<PeerIn> {
  return {
    ...NONE,
    on: await telegramPeer('on'),
    dead: await telegramPeer('dead'),
    silent: await telegramPeer('silent'),
  };
}

/** A Bot API that answers until a chat is linked, and from then on only if it is `on`. */
async function telegramPeer(state: 'on' | 'dead' | 'silent'): Promise<Case> {
  const bot = await startFakeBotApi();
  onCleanUp(() => bot.close());
  return {
    environment: { TELEGRAM_BOT_TOKEN: '1:bench', TELEGRAM_API_ROOT: bot.root },
    async begin({ call }, storeId) {
      const { code } = await call('POST', `/stores/${storeId}/telegram-codes`, ADMIN_TOKEN, {});
      bot.write({ id: 5 }, `/start ${code}`);
      await until('the chat is linked', () => bot.of('sendMessage').length === 1, 20_000);
      if (state === 'silent') bot.answer = () => 'never';
      if (state === 'dead') await bot.close();
    },
  };
}

/** Kafka, Telegram or both, by the state of the peers. */
export async function peerCost(title: string, peers: readonly ('kafka' | 'telegram')[]) {
  const sets = await Promise.all(peers.map((peer) => (peer === 'kafka' ? kafkaIn() : telegramIn())));
  const cases = STATES.map((state): [State, Case] => {
    const own = sets.map((set) => set[state]);
    const begin: Case['begin'] = async (server, storeId) => {
      for (const one of own) await one.begin?.(server, storeId);
      if (state === 'on') await until('its peers are there', () => isNobodyAway(server), 20_000);
    };
    return [state, { environment: Object.assign({}, ...own.map(({ environment }) => environment)), begin }];
  });
  return costOfOrders(title, Object.fromEntries(cases) as Record<State, Case>);
}

async function isNobodyAway({ url }: Ticketrail): Promise<boolean> {
  return !(await (await fetch(`${url(0)}/ready`)).text()).includes('away');
}

/** Takes connections and never says anything. @returns its address */
async function silentPeer(): Promise<string> {
  const open = new Set<Socket>();
  const peer = createServer((socket) => {
    open.add(socket.on('error', () => {}).on('close', () => open.delete(socket)));
    socket.resume();
  });
  await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve));
  onCleanUp(async () => {
    for (const socket of open) socket.destroy();
    peer.close();
  });
  const address = peer.address();
  return `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}
