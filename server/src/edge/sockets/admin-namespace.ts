import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { Escalation } from '#contract/admin.ts';
import type { Availability } from '#contract/availability.ts';
import type { Changes, Presence, Stats } from '#contract/sync.ts';
import type { ManagingCaller } from '../../caller.ts';
import type { Credential } from '../../service.ts';

/** The messages that the server sends on `/admin` (contract, section 6): as on `/store`, each with its store. */
interface AdminEvents {
  changes: (changes: Changes & { storeId: string }) => void;
  stats: (stats: Stats & { storeId: string }) => void;
  presence: (presence: Presence & { storeId: string }) => void;
  availability: (availability: Availability & { storeId: string }) => void;
  escalation: (escalation: Escalation) => void;
}
interface Data {
  admin: ManagingCaller;
  credential: Credential;
}
export type AdminSocket = Socket<DefaultEventsMap, AdminEvents, DefaultEventsMap, Data>;
export type AdminNamespace = Namespace<DefaultEventsMap, AdminEvents, DefaultEventsMap, Data>;

/** The room of the admins that subscribe to all stores. */
export const EVERY_STORE = 'every store';
