import { io } from 'socket.io-client';
import type { PublicOrder } from '#contract/public-order.ts';

/** What comes over `/customer` (contract, section 6). */
export interface CustomerSocketEvents {
  onConnected(): void;
  onLost(): void;
  /** A try failed. `refused`: by the server, which may mean that the token has ended. */
  onFailed(refused: boolean): void;
  /** The server is still there. */
  onBeat(): void;
  onOrder(order: PublicOrder): void;
  onRemoved(orderId: string): void;
}
export interface CustomerSocket {
  /** Ends the connection, even if it seems to work, and connects again at once. */
  replace(): void;
  /** Until `replace`. */
  end(): void;
}

/** Wait after the server has refused or ended the connection, ms; up to twice that, so that not all come back at once. */
const AFTER_REFUSAL_MS = 5_000;

/** A socket that connects again for ever: after 0.5 s, later after up to 30 s. */
export function openCustomerSocket(root: URL, token: string, on: CustomerSocketEvents): CustomerSocket {
  const socket = io('/customer', {
    path: `${root.pathname}socket.io`,
    transports: ['websocket'],
    auth: { token },
    reconnectionDelay: 500,
    reconnectionDelayMax: 30_000,
    randomizationFactor: 0.5,
    timeout: 10_000,
  });
  let again: ReturnType<typeof setTimeout> | undefined;
  /** Socket.io does not come back by itself after the server has ended a connection. */
  function comeBack(): void {
    clearTimeout(again);
    again = setTimeout(() => socket.connect(), AFTER_REFUSAL_MS * (1 + Math.random()));
  }

  socket.on('connect', on.onConnected);
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') comeBack();
    on.onLost();
  });
  socket.on('connect_error', () => {
    const refused = !socket.active;
    if (refused) comeBack();
    on.onFailed(refused);
  });
  socket.on('order', on.onOrder);
  socket.on('order_removed', ({ id }: { id: string }) => on.onRemoved(id));
  socket.io.on('ping', on.onBeat);
  return {
    replace() {
      clearTimeout(again);
      socket.disconnect();
      socket.connect();
    },
    end() {
      clearTimeout(again);
      socket.disconnect();
    },
  };
}
