import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { CommandAnswer, CommandResult } from '#contract/command.ts';
import type { Order } from '#contract/order.ts';
import { type Changes, type HelloAnswer, type Position, PROTOCOL, type ResetReason } from '#contract/sync.ts';

interface Tap {
  n: number;
  commandId: string;
  orderId: string;
  type: string;
  payload: object;
  baseVersion: number;
  issuedAt: string;
}

/** The smallest display that keeps rules S2 to S4 and C1 to C3, in memory: its orders, its position, its taps. */
export interface Tablet {
  orders: ReadonlyMap<string, Order>;
  position(): Position;
  /** Why it had to start over, each time. */
  resets: ResetReason[];
  /** Answers by number; what the server has forgotten is asked again, and then the newer one stands here. */
  answers: ReadonlyMap<number, CommandResult>;
  /** Taps, and resolves once it is answered. */
  tap(order: Pick<Order, 'id' | 'version'>, type: string, payload: object): Promise<CommandResult>;
  waiting(): number;
  /** Off the network, and back. */
  pause(): void;
  resume(): void;
  close(): void;
}

export function createTablet(url: string, token: string): Tablet {
  const socket: Socket = io(`${url}/store`, {
    auth: { token, protocol: PROTOCOL, appVersion: 'tablet' },
    transports: ['websocket'],
    reconnectionDelay: 50,
    reconnectionDelayMax: 200,
  });
  let orders = new Map<string, Order>();
  let position: Position = { epoch: null, cursor: 0, hash: null };
  const taps: Tap[] = [];
  const answers = new Map<number, CommandResult>();
  const resets: ResetReason[] = [];
  /** Taps from here on are to be sent. */
  let sendFrom = 1;
  let sending = false;
  const answered = new Map<number, (result: CommandResult) => void>();

  const ask = (name: string, payload: unknown) => socket.timeout(5_000).emitWithAck(name, payload);

  async function hello(): Promise<void> {
    const answer = (await ask('hello', position)) as HelloAnswer;
    sendFrom = Math.min(sendFrom, answer.lastN + 1);
    if (answer.mode === 'snapshot') {
      resets.push(answer.reason ?? 'epoch');
      const response = await fetch(`${url}/api/v1/snapshot`, { headers: { authorization: `Bearer ${token}` } });
      const snapshot = (await response.json()) as { epoch: string; seq: number; hash: string | null; orders: Order[] };
      orders = new Map(snapshot.orders.map((order) => [order.id, order]));
      position = { epoch: snapshot.epoch, cursor: snapshot.seq, hash: snapshot.hash };
      return hello();
    }
    void send();
  }

  /** One batch in flight, in order. */
  async function send(): Promise<void> {
    if (sending || !socket.connected) return;
    sending = true;
    try {
      for (;;) {
        const batch = taps.filter(({ n }) => n >= sendFrom).slice(0, 50);
        if (batch.length === 0) break;
        const { results, expected } = (await ask('commands', { commands: batch })) as CommandAnswer;
        for (const result of results) {
          answers.set(result.n, result);
          answered.get(result.n)?.(result);
          sendFrom = result.n + 1;
        }
        if (expected !== undefined) sendFrom = expected;
      }
    } catch {
      // Sent again after the next hello.
    } finally {
      sending = false;
    }
  }

  const again = () => void hello().catch(() => undefined);
  socket.on('connect', again);
  socket.on('changes', ({ epoch, from, to, hash, changes }: Changes) => {
    if (epoch !== position.epoch || from > position.cursor) return again();
    if (to <= position.cursor) return;
    for (const { seq, orderId, order } of changes) {
      if (seq <= position.cursor || order === undefined) continue;
      if (order) orders.set(orderId, order);
      else orders.delete(orderId);
    }
    position = { epoch, cursor: to, hash };
    socket.emit('got', { cursor: to });
  });

  return {
    get orders() {
      return orders;
    },
    position: () => position,
    resets,
    answers,
    tap({ id: orderId, version: baseVersion }, type, payload) {
      const n = taps.length + 1;
      taps.push({
        n,
        commandId: randomUUID(),
        orderId,
        type,
        payload,
        baseVersion,
        issuedAt: new Date().toISOString(),
      });
      const answer = new Promise<CommandResult>((resolve) => answered.set(n, resolve));
      void send();
      return answer;
    },
    waiting: () => taps.filter(({ n }) => n >= sendFrom).length,
    pause: () => void socket.disconnect(),
    resume: () => void socket.connect(),
    close: () => void socket.close(),
  };
}
