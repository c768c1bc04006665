import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { PublicOrder } from '#contract/public-order.ts';
import type { Customer } from '../../../caller.ts';
import type { Credential } from '../../../service.ts';

/** The messages that the server sends on `/customer` (contract, section 6). */
interface CustomerEvents {
  order: (order: PublicOrder) => void;
  order_removed: (removed: { id: string }) => void;
}
interface Data {
  customer: Customer;
  credential: Credential;
}
export type CustomerSocket = Socket<DefaultEventsMap, CustomerEvents, DefaultEventsMap, Data>;
export type CustomerNamespace = Namespace<DefaultEventsMap, CustomerEvents, DefaultEventsMap, Data>;
