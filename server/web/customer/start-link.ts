import type { CustomerOrders, PublicOrder } from '#contract/public-order.ts';
import type { Answer } from './customer-api.ts';
import type { CustomerSocket, CustomerSocketEvents } from './customer-socket.ts';
import { type LinkFacts, linkStateOf } from './link-state.ts';
import type { ShownLink } from './page-state.ts';

/** Interval of polls while there is no socket, ms; up to a half more, so that not all phones ask at once. */
const POLL_MS = 8_000;
/** The socket is expected for this long before the page does without; ms. */
const SOCKET_WITHIN_MS = 3_000;
/** The socket is there and the reading after it failed: tried again after this, ms. */
const AGAIN_MS = 2_000;
/** A page that was out of sight for longer gets a new socket when it is back, ms. */
const ASLEEP_MS = 10_000;

export interface LinkOptions {
  /** All orders that the page shows. */
  read(): Promise<Answer<CustomerOrders>>;
  openSocket(on: CustomerSocketEvents): CustomerSocket;
  /** The server's time, ms. */
  now(): number;
  /** The time of what the page shows at the start; null for nothing. */
  asOf: number | null;
  onLink(link: ShownLink): void;
  /** Everything as it is now, in place of what was shown. */
  onOrders(answer: CustomerOrders): void;
  onOrder(order: PublicOrder): void;
  onRemoved(orderId: string): void;
}

/**
 * Keeps a customer's page up to date: by the socket, which sends only what changes, so everything is read once after each
 * connection; by polling while there is none. Ends for good when the token is refused.
 */
export function startLink({ read, openSocket, now, asOf, onLink, ...to }: LinkOptions): void {
  const facts: LinkFacts = {
    refused: false,
    connected: false,
    synced: false,
    without: false,
    polled: false,
    failures: 0,
  };
  let lastWordAt = asOf;
  /** Orders that came over this connection, for an answer that was on its way meanwhile; null: removed. */
  const pushed = new Map<string, PublicOrder | null>();
  /** Counts connections and losses: an answer to a question from before one says nothing of now. */
  let period = 0;
  /** The period whose question is on its way. */
  let asking = -1;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let doWithout: ReturnType<typeof setTimeout> | undefined;

  const show = (): void => onLink({ state: linkStateOf(facts), asOf: lastWordAt });
  function heard(): void {
    lastWordAt = now();
    facts.failures = 0;
  }

  /** Reads everything, and again later unless the socket then says what changes. */
  async function sync(): Promise<void> {
    clearTimeout(timer);
    if (asking === period) return;
    asking = period;
    const asked = period;
    const answer = await read();
    if (asked !== period || facts.refused) return;
    asking = -1;
    if (answer.kind === 'refused') {
      facts.refused = true;
      socket.end();
    } else if (answer.kind === 'failed') {
      facts.failures++;
      facts.polled = false;
    } else {
      heard();
      if (facts.connected) facts.synced = true;
      else facts.polled = true;
      const known = new Set(answer.value.orders.map(({ id }) => id));
      to.onOrders(withPushed(answer.value, pushed));
      for (const [id, order] of pushed) if (order && !known.has(id)) to.onOrder(order);
    }
    show();
    if (facts.refused || facts.synced) return;
    clearTimeout(timer);
    timer = setTimeout(sync, facts.connected ? AGAIN_MS : POLL_MS * (1 + Math.random() / 2));
  }
  function turn(connected: boolean): void {
    if (facts.refused) return;
    period++;
    Object.assign(facts, { connected, synced: false, without: false, polled: false, failures: 0 });
    pushed.clear();
    show();
    void sync();
    awaitSocket();
  }
  function awaitSocket(): void {
    clearTimeout(doWithout);
    if (!facts.connected) doWithout = setTimeout(goWithout, SOCKET_WITHIN_MS);
  }
  function goWithout(): void {
    if (facts.refused) return;
    facts.without = true;
    show();
    if (!facts.polled) void sync();
  }

  const socket = openSocket({
    onConnected: () => turn(true),
    onLost: () => turn(false),
    onFailed(refused) {
      if (facts.refused) return;
      facts.failures++;
      goWithout();
      // Whether the token has ended, the answer to a call says.
      if (refused) void sync();
    },
    onBeat() {
      if (facts.synced) heard();
    },
    onOrder(order) {
      pushed.set(order.id, order);
      heard();
      to.onOrder(order);
    },
    onRemoved(orderId) {
      pushed.set(orderId, null);
      heard();
      to.onRemoved(orderId);
    },
  });
  show();
  // What the server has just drawn is read again once the socket is there.
  if (asOf === null) void sync();
  awaitSocket();

  let hiddenAt = 0;
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) hiddenAt = Date.now();
    else if (!facts.refused && Date.now() - hiddenAt > ASLEEP_MS) socket.replace();
  });
  addEventListener('pageshow', ({ persisted }) => persisted && !facts.refused && socket.replace());
  addEventListener('online', () => !facts.refused && socket.replace());
  addEventListener('offline', () => {
    if (facts.refused) return;
    socket.replace();
    facts.failures = 2;
    show();
  });
}

/** The answer, with what came over the socket since it was asked for where that is newer. */
function withPushed(answer: CustomerOrders, pushed: ReadonlyMap<string, PublicOrder | null>): CustomerOrders {
  const orders = answer.orders.flatMap((order) => {
    const newer = pushed.get(order.id);
    if (newer === null) return [];
    return newer && newer.version > order.version ? [newer] : [order];
  });
  return { ...answer, orders };
}
