import type { Escalation } from '#contract/admin.ts';
import type { Presence, Stats } from '#contract/sync.ts';
import type { Service } from '../../service.ts';
import { type AdminNamespace, type AdminSeat, EVERY_STORE } from './admin-namespace.ts';
import type { Figures } from './figures.ts';
import { createPumps } from './pumps.ts';
import { createSeats } from './seats.ts';
import { type Admin, serveAdmin } from './serve-admin.ts';
import { roomOf } from './store-namespace.ts';
import { whenFlushed } from './when-flushed.ts';

/** Everybody on `/admin`, and what they are told. */
export interface Admins {
  /** The head of a store, as somebody heard it. */
  wake(storeId: string, head: number): void;
  /** The stores that somebody follows. */
  stores(): string[];
  stats(storeId: string, today: Stats): void;
  presence(storeId: string, presence: Presence): void;
  escalation(escalation: Escalation): void;
}

export function createAdmins(options: {
  service: Service;
  namespace: AdminNamespace;
  figures: () => Figures;
  count: () => void;
  onFailure: (error: unknown) => void;
}): Admins {
  const { service, namespace, figures, count, onFailure } = options;
  const seats = createSeats<AdminSeat>();
  const admins = new Set<Admin>();
  // An admin says no `got`: the next batches wait until these have left for the network.
  const pumps = createPumps<AdminSeat>({
    log: service.log,
    seats,
    send(storeId, to, changes) {
      namespace.to(to.map((seat) => seat.socket.id)).emit('changes', { storeId, ...changes });
      for (const seat of to) void whenFlushed(seat.socket).then(() => pumps.confirm(seat, changes.to));
    },
    // So slow that the log has been cut before it: it goes on at the head, and sees by `from` that it missed some.
    onReset: (seat) => void service.log.head(seat.storeId).then((here) => pumps.start(seat, atHead(here)), onFailure),
    onFailure,
  });

  namespace.on('connection', (socket) => {
    const admin = serveAdmin(socket, { service, seats, pumps, figures, count, onFailure });
    admins.add(admin);
    socket.on('disconnect', () => {
      admins.delete(admin);
      admin.leave();
    });
  });

  const audience = (storeId: string) => namespace.to([roomOf(storeId), EVERY_STORE]);
  return {
    wake(storeId, head) {
      for (const admin of admins) admin.heardOf(storeId);
      pumps.wake(storeId, head);
    },
    stores: seats.stores,
    stats: (storeId, today) => void audience(storeId).emit('stats', { storeId, ...today }),
    presence: (storeId, presence) => void audience(storeId).emit('presence', { storeId, ...presence }),
    escalation: (escalation) => void audience(escalation.storeId).emit('escalation', escalation),
  };
}

const atHead = ({ epoch, head, hash }: { epoch: string; head: number; hash: string | null }) => ({
  epoch,
  cursor: head,
  hash,
});
