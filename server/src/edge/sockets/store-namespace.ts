import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { Availability } from '#contract/availability.ts';
import type { Beat, Changes, Presence, Stats } from '#contract/sync.ts';
import type { DeviceCaller } from '../../caller.ts';
import type { Credential } from '../../service.ts';

/** The messages that the server sends on `/store` (contract, section 6). Received ones are unchecked until parsed. */
export interface ServerEvents {
  changes: (changes: Changes) => void;
  beat: (beat: Beat) => void;
  stats: (stats: Stats) => void;
  presence: (presence: Presence) => void;
  availability: (availability: Availability) => void;
}
interface Data {
  device: DeviceCaller;
  credential: Credential;
}
export type StoreSocket = Socket<DefaultEventsMap, ServerEvents, DefaultEventsMap, Data>;
export type StoreNamespace = Namespace<DefaultEventsMap, ServerEvents, DefaultEventsMap, Data>;

/** A display that has said hello on its socket. */
export interface DisplaySession {
  socket: StoreSocket;
  device: DeviceCaller;
}

/** The room of a store's displays that have said hello. */
export const roomOf = (storeId: string): string => `store ${storeId}`;
