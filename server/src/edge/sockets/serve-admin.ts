import { AdminCommand, Subscription, type SubscriptionAnswer } from '#contract/admin.ts';
import type { Position } from '#contract/sync.ts';
import type { Service } from '../../service.ts';
import { type AdminSeat, type AdminSocket, EVERY_STORE } from './admin-namespace.ts';
import type { Figures } from './figures.ts';
import { type Handler, handleMessages } from './messages.ts';
import type { Pumps } from './pumps.ts';
import type { Seats } from './seats.ts';
import { roomOf } from './store-namespace.ts';

/** One connected admin. */
export interface Admin {
  /** Something happened in this store; it may be a new one. */
  heardOf(storeId: string): void;
  leave(): void;
}

export interface AdminOptions {
  service: Service;
  seats: Seats<AdminSeat>;
  pumps: Pumps<AdminSeat>;
  figures: () => Figures;
  /** Throws `rate_limited`. */
  count: () => void;
  onFailure: (error: unknown) => void;
}

/** Answers one admin's `subscribe` and `command` (contract, section 6). */
export function serveAdmin(socket: AdminSocket, options: AdminOptions): Admin {
  const { service, seats, pumps, figures, count, onFailure } = options;
  const mine = new Map<string, AdminSeat>();
  let every = false;

  /** The answer goes first; what comes after it comes after the heads it names. */
  const subscribe: Handler = async (payload, ack) => {
    count();
    const { storeIds } = Subscription.parse(payload);
    const ids = storeIds === '*' ? (await service.stores.list()).map(({ id }) => id) : [...new Set(storeIds)];
    const logs = await Promise.all(ids.map(async (storeId) => ({ storeId, ...(await service.log.head(storeId)) })));
    if (!socket.connected) return;
    leave();
    every = storeIds === '*';
    await socket.join(every ? EVERY_STORE : ids.map(roomOf));
    const stores = logs.map(({ storeId, epoch, head }) => ({ storeId, epoch, head }));
    ack({ stores } satisfies SubscriptionAnswer);
    for (const { storeId, epoch, head, hash } of logs) pumps.start(sitDown(storeId), { epoch, cursor: head, hash });
    for (const { storeId } of logs) {
      socket.emit('presence', { storeId, ...service.receipts.presence(storeId) });
      await figures().greet(storeId, (today) => void socket.emit('stats', { storeId, ...today }));
    }
  };

  const command: Handler = async (payload, ack) => {
    count();
    const { storeId, orderId, baseVersion, ...intent } = AdminCommand.parse(payload);
    const seen = baseVersion === undefined ? {} : { baseVersion };
    ack(await service.submitIntent(socket.data.admin, { storeId, orderId, intent, ...seen }));
  };

  function sitDown(storeId: string): AdminSeat {
    const seat: AdminSeat = { socket, storeId, position: null, unconfirmed: [], cursor: 0, startedAt: 0 };
    mine.set(storeId, seat);
    seats.add(seat);
    return seat;
  }

  function leave(): void {
    for (const room of socket.rooms) if (room !== socket.id) void socket.leave(room);
    for (const seat of mine.values()) {
      pumps.pause(seat);
      seats.remove(seat);
    }
    mine.clear();
    every = false;
  }

  handleMessages(socket, { inOrder: { subscribe, command }, atOnce: {} }, onFailure);
  return {
    heardOf(storeId) {
      if (!every || mine.has(storeId)) return;
      const seat = sitDown(storeId);
      const start = ({ epoch }: { epoch: string }): Position => ({ epoch, cursor: 0, hash: null });
      service.log.head(storeId).then((log) => pumps.start(seat, start(log)), onFailure);
    },
    leave,
  };
}
