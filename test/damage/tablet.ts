import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { Command, CommandAnswer, CommandResult, KnownAnswer } from '#contract/command.ts';
import type { Order } from '#contract/order.ts';
import { type Changes, type HelloAnswer, type Position, PROTOCOL, type ResetReason } from '#contract/sync.ts';

/** The smallest display that keeps rules S2 to S4 and C1 to C3, in memory: its orders, its position, its taps. */
export interface Tablet {
  orders: ReadonlyMap<string, Order>;
  position(): Position;
  /** Why it had to start over, each time. */
  resets: ResetReason[];
  /** By commandId. The answer to a command that a restored server does not know is dropped until it is answered again. */
  answers: ReadonlyMap<string, CommandResult>;
  /** Resolves once the tap is answered. */
  tap(order: Pick<Order, 'id' | 'version'>, type: string, payload: object): Promise<CommandResult>;
  waiting(): number;
  /** Disconnects, and connects again. */
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
  const taps: Command[] = [];
  const answers = new Map<string, CommandResult>();
  const resolvers = new Map<string, (result: CommandResult) => void>();
  const resets: ResetReason[] = [];
  let sending = false;

  const ask = (name: string, payload: unknown) => socket.timeout(5_000).emitWithAck(name, payload);
  const unanswered = () => taps.filter(({ commandId }) => !answers.has(commandId));

  async function hello(): Promise<void> {
    const answered = taps.findLast(({ commandId }) => answers.has(commandId))?.commandId ?? null;
    const answer = (await ask('hello', { ...position, answered })) as HelloAnswer;
    if (!answer.known) await forgetUnknown();
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

  /** Drops the answers to commands that the server's ledger does not hold (C3); they are sent again. */
  async function forgetUnknown(): Promise<void> {
    const { known } = (await ask('known', { ids: [...answers.keys()] })) as KnownAnswer;
    for (const id of [...answers.keys()]) if (!known.includes(id)) answers.delete(id);
  }

  /** One batch in flight, in order. */
  async function send(): Promise<void> {
    if (sending || !socket.connected) return;
    sending = true;
    try {
      for (;;) {
        const batch = unanswered().slice(0, 50);
        if (batch.length === 0) break;
        const { results, expected } = (await ask('commands', { commands: batch })) as CommandAnswer;
        for (const result of results) {
          answers.set(result.commandId, result);
          resolvers.get(result.commandId)?.(result);
        }
        if (expected !== undefined) await forgetUnknown();
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
      const commandId = randomUUID();
      const after = taps.at(-1)?.commandId ?? null;
      const issuedAt = new Date().toISOString();
      taps.push({ commandId, after, orderId, type, payload, baseVersion, issuedAt } as Command);
      const answer = new Promise<CommandResult>((resolve) => resolvers.set(commandId, resolve));
      void send();
      return answer;
    },
    waiting: () => unanswered().length,
    pause: () => void socket.disconnect(),
    resume: () => void socket.connect(),
    close: () => void socket.close(),
  };
}
