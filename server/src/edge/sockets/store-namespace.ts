import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { Beat, Changes, Position, Presence, Stats } from '#contract/sync.ts';
import type { DeviceCaller } from '../../service.ts';

/** What the server says on `/store` (contract, section 6). What it hears is unchecked until parsed. */
export interface ServerSays {
  changes: (changes: Changes) => void;
  beat: (beat: Beat) => void;
  stats: (stats: Stats) => void;
  presence: (presence: Presence) => void;
}
export type StoreSocket = Socket<DefaultEventsMap, ServerSays, DefaultEventsMap, { device: DeviceCaller }>;
export type StoreNamespace = Namespace<DefaultEventsMap, ServerSays, DefaultEventsMap, { device: DeviceCaller }>;

/** A connected display that has said hello: where it stands and what is under way to it. */
export interface Seat {
  socket: StoreSocket;
  device: DeviceCaller;
  storeId: string;
  /** When it said its first hello; ISO. */
  since: string;
  /** After the last batch sent; null: nothing is sent until the next hello is answered. */
  position: Position | null;
  /** The `to` of each batch that is not yet known to be on its disk, oldest first. */
  unconfirmed: number[];
  /** What it has on its disk. */
  cursor: number;
}

/** The room of a store's displays: those that said hello. */
export const roomOf = (storeId: string): string => `store ${storeId}`;
export const deviceRoomOf = (deviceId: string): string => `device ${deviceId}`;
