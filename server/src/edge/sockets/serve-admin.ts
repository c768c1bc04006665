import { AdminCommand, Subscription, type SubscriptionAnswer } from '#contract/admin.ts';
import type { Followers } from '../../log/follow/create-followers.ts';
import type { Follower } from '../../log/follow/follower.ts';
import type { Service } from '../../service.ts';
import { ServiceError } from '../../service-error.ts';
import { type AdminSocket, EVERY_STORE } from './admin-namespace.ts';
import type { Figures } from './figures.ts';
import { type Handler, handleMessages } from './messages.ts';
import { roomOf } from './store-namespace.ts';

/** One connected admin or manager. */
export interface Admin {
  /** Whether it subscribed to every store, including future ones. */
  followsEvery(): boolean;
  /** Something happened in this store, which may be new. */
  heardOf(storeId: string): void;
  leave(): void;
}

export interface AdminServices {
  service: Service;
  followers: Followers<AdminSocket>;
  figures: Figures;
  /** Throws `rate_limited`. */
  count: () => void;
  onFailure: (error: unknown) => void;
}

/** Answers `subscribe` and `command` of one admin, or of one manager for its own store (contract, section 6). */
export function serveAdmin(socket: AdminSocket, options: AdminServices): Admin {
  const { service, followers, figures, count, onFailure } = options;
  const { admin } = socket.data;
  const mine = new Map<string, Follower<AdminSocket>>();
  /** Stores being looked up before they are followed. */
  const joining = new Set<string>();
  let every = false;

  /** Sends the answer first; later messages follow the heads that it names. */
  const subscribe: Handler = async (payload, ack) => {
    count();
    const { storeIds } = Subscription.parse(payload);
    const ids = storeIds === '*' ? await allStores() : [...new Set(storeIds)];
    if (admin.storeId !== null && ids.some((id) => id !== admin.storeId))
      throw new ServiceError('not_found', 'There is no such store.');
    const logs = await Promise.all(ids.map(async (storeId) => ({ storeId, ...(await service.log.head(storeId)) })));
    if (!socket.connected) return;
    leave();
    every = storeIds === '*' && admin.storeId === null;
    await socket.join(every ? EVERY_STORE : ids.map(roomOf));
    const stores = logs.map(({ storeId, epoch, head }) => ({ storeId, epoch, head }));
    ack({ stores } satisfies SubscriptionAnswer);
    for (const { storeId, epoch, head, hash } of logs) follow(storeId).start({ epoch, cursor: head, hash });
    for (const { storeId } of logs) {
      socket.emit('availability', { storeId, ...service.availability.latest(storeId) });
      socket.emit('presence', { storeId, ...service.receipts.presence(storeId) });
      await figures.greet(storeId, (today) => void socket.emit('stats', { storeId, ...today }));
    }
  };

  const command: Handler = async (payload, ack) => {
    count();
    ack(await service.submitIntent(admin, AdminCommand.parse(payload)));
  };

  /** Of this token. */
  async function allStores(): Promise<string[]> {
    return admin.storeId === null ? (await service.stores.list()).map(({ id }) => id) : [admin.storeId];
  }

  function follow(storeId: string): Follower<AdminSocket> {
    const follower = followers.subscribe(storeId, socket);
    mine.set(storeId, follower);
    return follower;
  }

  /** Checks first that the store exists, since a hint may name one that does not. */
  async function join(storeId: string): Promise<void> {
    joining.add(storeId);
    try {
      const { epoch } = await service.log.head(storeId);
      if (every && !mine.has(storeId)) follow(storeId).start({ epoch, cursor: 0, hash: null });
    } finally {
      joining.delete(storeId);
    }
  }

  function leave(): void {
    for (const room of socket.rooms) if (room !== socket.id) void socket.leave(room);
    for (const follower of mine.values()) follower.unsubscribe();
    mine.clear();
    every = false;
  }

  handleMessages(socket, { inOrder: { subscribe, command }, atOnce: {} }, onFailure);
  return {
    followsEvery: () => every,
    heardOf(storeId) {
      if (every && !mine.has(storeId) && !joining.has(storeId)) join(storeId).catch(onFailure);
    },
    leave,
  };
}
