import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { Beat, Changes, Presence, Stats } from '#contract/sync.ts';
import type { DeviceCaller } from '../../service.ts';
import type { Follower } from './pumps.ts';

/** What the server says on `/store` (contract, section 6). What it hears is unchecked until parsed. */
export interface ServerSays {
  changes: (changes: Changes) => void;
  beat: (beat: Beat) => void;
  stats: (stats: Stats) => void;
  presence: (presence: Presence) => void;
}
export type StoreSocket = Socket<DefaultEventsMap, ServerSays, DefaultEventsMap, { device: DeviceCaller }>;
export type StoreNamespace = Namespace<DefaultEventsMap, ServerSays, DefaultEventsMap, { device: DeviceCaller }>;

/** A connected display that has said hello. */
export interface Seat extends Follower {
  socket: StoreSocket;
  device: DeviceCaller;
}

/** The room of a store's displays: those that said hello. */
export const roomOf = (storeId: string): string => `store ${storeId}`;
export const deviceRoomOf = (deviceId: string): string => `device ${deviceId}`;
