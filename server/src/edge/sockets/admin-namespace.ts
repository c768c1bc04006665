import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { Escalation } from '#contract/admin.ts';
import type { Changes, Presence, Stats } from '#contract/sync.ts';
import type { AdminCaller } from '../../service.ts';
import type { Follower } from './pumps.ts';

/** What the server says on `/admin` (contract, section 6): as on `/store`, each with its store. */
interface AdminHears {
  changes: (changes: Changes & { storeId: string }) => void;
  stats: (stats: Stats & { storeId: string }) => void;
  presence: (presence: Presence & { storeId: string }) => void;
  escalation: (escalation: Escalation) => void;
}
export type AdminSocket = Socket<DefaultEventsMap, AdminHears, DefaultEventsMap, { admin: AdminCaller }>;
export type AdminNamespace = Namespace<DefaultEventsMap, AdminHears, DefaultEventsMap, { admin: AdminCaller }>;

/** One store that an admin has subscribed to. */
export interface AdminSeat extends Follower {
  socket: AdminSocket;
}

/** The room of those who subscribed to all stores. */
export const EVERY_STORE = 'every store';
