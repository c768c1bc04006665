import { randomUUID } from 'node:crypto';
import type { Attacker, RawConnection } from './attacker.ts';

/** What an attacker has: a display's token, and an order of its store with a long history. */
export interface Target {
  token: string;
  orderId: string;
}

export interface Attack {
  name: string;
  /** How many run at the same time. */
  lanes: number;
  /** One lane's next move, repeated until the attack is over. */
  once(attacker: Attacker, target: Target): Promise<void>;
}

const hello = JSON.stringify(['hello', { epoch: null, cursor: 0, hash: null }]);

/** A socket that has joined the store, and answers the engine's pings unless it does not read. */
async function join(attacker: Attacker, { token }: Target): Promise<RawConnection> {
  const connection = await attacker.webSocket();
  await connection.say(`40/store,${JSON.stringify({ token, protocol: 1, appVersion: '1.0.0' })}`);
  const pong = setInterval(() => void connection.say('3'), 2_000);
  void connection.closed().then(() => clearInterval(pong));
  // Until the server has taken it in.
  await attacker.wait(200);
  return connection;
}

/** Fifty commands that the order's status does not allow. */
const refused = ({ orderId }: Target): string => {
  const command = () => ({
    commandId: randomUUID(),
    after: null,
    orderId,
    baseVersion: 1,
    issuedAt: new Date().toISOString(),
    type: 'set_status',
    payload: { from: 'completed', to: 'preparing' },
  });
  return `42/store,2${JSON.stringify(['commands', { commands: Array.from({ length: 50 }, command) }])}`;
};

const words = ['a', 'kh', 'нино', 'guest', '555', 'zzzz', 'pkhali trio', 'x'.repeat(100)];
const word = (): string => encodeURIComponent(words[Math.floor(Math.random() * words.length)] as string);

/** Ways to keep a server busy that cost the attacker little, without a token and with one of a display. */
export const ATTACKS: readonly Attack[] = [
  {
    name: 'anonymous sockets',
    lanes: 50,
    async once(attacker) {
      const connection = await attacker.webSocket();
      connection.socket.resume();
      await connection.closed();
    },
  },
  {
    name: 'refused handshakes',
    lanes: 20,
    async once(attacker) {
      const connection = await attacker.webSocket();
      connection.socket.resume();
      while (connection.isOpen()) await connection.say('40/store,{"token":"wrong","protocol":1,"appVersion":"1.0.0"}');
    },
  },
  {
    name: 'unread answers',
    lanes: 10,
    async once(attacker, target) {
      const connection = await join(attacker, target);
      connection.socket.pause();
      for (let n = 1; connection.isOpen(); n++) await connection.say(`42/store,${n}${hello}`);
    },
  },
  {
    name: 'searches',
    lanes: 16,
    once: (attacker, { token }) => attacker.ask(`/api/v1/orders?q=${word()}&limit=200`, { token }),
  },
  {
    name: 'statistics',
    lanes: 16,
    once: (attacker, { token }) =>
      attacker.ask('/api/v1/stats?from=2020-01-01T00:00:00.000Z&to=2030-01-01T00:00:00.000Z', { token }),
  },
  {
    name: 'histories',
    lanes: 16,
    once: (attacker, { orderId, token }) => attacker.ask(`/api/v1/orders/${orderId}/history`, { token }),
  },
  {
    name: 'snapshots',
    lanes: 16,
    once: (attacker, { token }) => attacker.ask('/api/v1/snapshot', { token }),
  },
  {
    name: 'hellos',
    lanes: 10,
    async once(attacker, target) {
      const connection = await join(attacker, target);
      connection.socket.resume();
      for (let n = 1; connection.isOpen(); n++) await connection.say(`42/store,${n}${hello}`);
    },
  },
  {
    name: 'refused commands',
    lanes: 4,
    async once(attacker, target) {
      const connection = await join(attacker, target);
      connection.socket.resume();
      await connection.say(`42/store,1${hello}`);
      while (connection.isOpen()) await connection.say(refused(target));
    },
  },
  {
    name: 'slow requests',
    lanes: 500,
    async once(attacker) {
      const connection = await attacker.connect();
      connection.socket.resume();
      await connection.send('POST /api/v1/orders HTTP/1.1\r\nHost: a\r\n');
      while (connection.isOpen()) {
        await connection.send('X-A: b\r\n');
        await attacker.wait(500);
      }
    },
  },
  {
    name: 'idle connections',
    lanes: 500,
    async once(attacker) {
      const connection = await attacker.connect();
      connection.socket.resume();
      await connection.closed();
    },
  },
  {
    name: 'log lines',
    lanes: 16,
    once: (attacker) => attacker.ask(`/${'x'.repeat(8_000)}`),
  },
];
