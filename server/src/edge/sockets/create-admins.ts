import type { Escalation } from '#contract/admin.ts';
import type { Availability } from '#contract/availability.ts';
import type { Presence, Stats } from '#contract/sync.ts';
import type { ManagingCaller } from '../../caller.ts';
import { createFollowers } from '../../log/follow/create-followers.ts';
import type { Service } from '../../service.ts';
import { type AdminNamespace, type AdminSocket, EVERY_STORE } from './admin-namespace.ts';
import type { Figures } from './figures.ts';
import { type Admin, serveAdmin } from './serve-admin.ts';
import { roomOf } from './store-namespace.ts';
import { whenFlushed } from './when-flushed.ts';

/** The admins and managers on `/admin`, and what is sent to them. */
export interface Admins {
  /** The head of a store, from a hint or the periodic check. */
  heardOf(storeId: string, head: number): void;
  /** Finds new stores for admins that follow every store. */
  look(): Promise<void>;
  /** The followed stores. */
  stores(): string[];
  stats(storeId: string, today: Stats): void;
  presence(storeId: string, presence: Presence): void;
  availability(storeId: string, availability: Availability): void;
  escalation(escalation: Escalation): void;
}

export function createAdmins(options: {
  service: Service;
  namespace: AdminNamespace;
  figures: Figures;
  /** Throws `rate_limited` if this caller has sent too much. */
  count: (caller: ManagingCaller) => void;
  onFailure: (error: unknown) => void;
}): Admins {
  const { service, namespace, figures, count, onFailure } = options;
  const admins = new Set<Admin>();
  // An admin sends no `got`: the next batches wait until these are flushed to the network.
  const followers = createFollowers<AdminSocket>({
    log: service.log,
    send(storeId, to, changes) {
      namespace.to(to.map(({ target }) => target.id)).emit('changes', { storeId, ...changes });
      for (const follower of to) void whenFlushed(follower.target).then(() => follower.confirm(changes.to));
    },
    onReset(follower) {
      // The log was truncated past a slow admin's position. It continues at the head; `from` shows the gap.
      const goOn = ({ epoch, head, hash }: { epoch: string; head: number; hash: string | null }) =>
        follower.start({ epoch, cursor: head, hash });
      void service.log.head(follower.storeId).then(goOn, onFailure);
    },
    onFailure,
  });

  namespace.on('connection', (socket) => {
    const options = { service, followers, figures, count: () => count(socket.data.admin), onFailure };
    const admin = serveAdmin(socket, options);
    admins.add(admin);
    socket.on('disconnect', () => {
      admins.delete(admin);
      admin.leave();
    });
  });

  const audience = (storeId: string) => namespace.to([roomOf(storeId), EVERY_STORE]);
  return {
    heardOf(storeId, head) {
      for (const admin of admins) admin.heardOf(storeId);
      followers.heardOf(storeId, head);
    },
    async look() {
      const every = [...admins].filter((admin) => admin.followsEvery());
      if (every.length === 0) return;
      for (const { id } of await service.stores.list()) for (const admin of every) admin.heardOf(id);
    },
    stores: followers.stores,
    stats: (storeId, today) => void audience(storeId).emit('stats', { storeId, ...today }),
    presence: (storeId, presence) => void audience(storeId).emit('presence', { storeId, ...presence }),
    availability: (storeId, availability) => void audience(storeId).emit('availability', { storeId, ...availability }),
    escalation: (escalation) => void audience(escalation.storeId).emit('escalation', escalation),
  };
}
