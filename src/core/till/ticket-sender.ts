import type { Undo } from '#contract/bridge.ts';
import type { Settings } from '#contract/settings.ts';
import type { Store } from '#contract/store.ts';
import type { TillTrouble } from '#contract/till.ts';
import type { Connection } from '../display.ts';
import { backOffMs } from '../link/back-off.ts';
import { createServerApi, type ServerApi } from '../link/server-api.ts';
import { ServerError } from '../link/server-error.ts';
import { type Ports, StorageError } from '../ports.ts';
import type { CaughtTicket, TicketStore, TillHost } from './till-host.ts';

/** How often a token that the server refuses is tried again, ms: it may have been restored. */
const TOKEN_RETRY_MS = 60_000;
/** How often an outcome that the disk did not take is written again, ms. */
const SAVE_AGAIN_MS = 5_000;
/** So many tickets in a row that the server fails at are its fault and not theirs. */
const IN_A_ROW = 3;
/** Answers that another try does not change. */
const REFUSALS: readonly (string | null)[] = ['invalid_request', 'too_large', 'conflict'];

export interface TicketSenderOptions {
  host: Pick<TillHost, 'draftOf'>;
  ports: Pick<Ports, 'http' | 'clock' | 'random' | 'log'>;
  /** Whether there are tickets, or may be. */
  isUsed(): boolean;
  /** Throws `StorageError`. */
  tickets: Pick<TicketStore, 'waitingAfter' | 'settle'>;
  settings(): Settings['till'];
  /** The display's server and store; null: not known. A token of others is not used. */
  server(): string | null;
  store(): Store | null;
  /** A ticket was settled, or the trouble has changed. */
  onChange(): void;
}

interface Outcome {
  state: 'done' | 'refused';
  why: string | null;
}
type Trouble = Extract<TillTrouble, 'no_token' | 'token_refused' | 'away'>;
export type TicketSender = ReturnType<typeof createTicketSender>;

/**
 * Makes orders of tickets, in their order, one at a time, until the server has each. Their ids make repeats harmless. A ticket that
 * the server fails at waits by itself; while the server is away, all wait.
 */
export function createTicketSender(options: TicketSenderOptions) {
  const { host, ports, isUsed, tickets, settings, server, store, onChange } = options;
  const { clock, log } = ports;
  /** undefined: not read yet. */
  let connection: Connection | null | undefined;
  let shop: Store | null = null;
  let trouble: Trouble | null = null;
  let failures = 0;
  /** Tickets that the server failed at; `until` is ms, monotonic. */
  const held = new Map<string, { failures: number; until: number }>();
  /** What became of tickets, when the disk could not store it. */
  const unsaved = new Map<string, Outcome>();
  let again = false;
  let working = false;
  let cancelRetry: Undo | null = null;
  /** The pause before the retry is for what the server says to all tickets, and not to some of them. */
  let allWait = false;
  let stopped = false;

  const pauseAfter = (tries: number): number => backOffMs(tries, 0.5 + ports.random() / 2);

  /** The store that the token is of; null: the token is not for the display's server and store. */
  async function shopOf(api: ServerApi): Promise<Store | null> {
    const own = store()?.id;
    if (shop && (own === undefined || shop.id === own)) return shop;
    shop = await api.store();
    if (!shop) throw new ServerError('server_error', 'the server names no store');
    return own === undefined || shop.id === own ? shop : null;
  }

  async function pass(): Promise<Trouble | null> {
    const own = server();
    if (!connection || (own !== null && own !== connection.serverUrl)) return 'no_token';
    const api = createServerApi(ports, { origin: connection.serverUrl, token: connection.token });
    const from = await shopOf(api);
    if (!from) return 'no_token';
    let inARow = 0;
    let n = 0;
    while (!stopped) {
      const ticket = tickets.waitingAfter(n);
      if (!ticket) break;
      n = ticket.n;
      const outcome = unsaved.get(ticket.id);
      if (outcome) settle(ticket.id, outcome);
      if (outcome || (held.get(ticket.id)?.until ?? 0) > clock.monotonic()) continue;
      const failed = await send(api, ticket, from.currency);
      inARow = failed ? inARow + 1 : 0;
      if (failed && inARow === IN_A_ROW) throw failed;
      if (!failed) failures = 0;
    }
    return held.size > 0 ? 'away' : null;
  }

  /** @returns what failed at this ticket. Throws what concerns them all. */
  async function send(api: ServerApi, ticket: CaughtTicket, currency: string): Promise<Error | null> {
    const { id } = ticket;
    const externalId = `print:${id}`;
    const { name, layout } = settings();
    try {
      const draft = await host.draftOf(ticket, layout, currency);
      const order = await api.placeOrder({ ...draft, source: name, externalId });
      // Something else than our server may answer, such as a captive portal.
      if (order.externalId !== externalId) throw new ServerError('server_error', 'the answer is another order');
      settle(id, { state: 'done', why: null });
      return null;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (error instanceof ServerError) {
        if (REFUSALS.includes(error.code)) {
          log.warn('the server does not take a ticket of the till', { error: error.message });
          settle(id, { state: 'refused', why: error.message });
          return null;
        }
        if (error.status === null || error.reason !== 'server_error') throw error;
      } else log.error('a ticket of the till could not be read', { error: String(error) });
      const tries = (held.get(id)?.failures ?? 0) + 1;
      held.set(id, { failures: tries, until: clock.monotonic() + pauseAfter(tries) });
      return error;
    }
  }

  /** After the end nothing is stored: the ticket is sent once more at the next start, and the server knows it. */
  function settle(id: string, outcome: Outcome): void {
    if (stopped) return;
    held.delete(id);
    unsaved.set(id, outcome);
    try {
      tickets.settle(id, outcome.state, outcome.why);
      unsaved.delete(id);
    } catch (error) {
      // Those behind it go on.
      if (!(error instanceof StorageError)) throw error;
    }
    onChange();
  }

  function pauseOf(error: unknown): number {
    if (!(error instanceof ServerError)) {
      log.error('tickets of the till could not be sent', { error: String(error) });
      return pauseAfter(++failures);
    }
    if (error.reason === 'revoked') {
      shop = null;
      trouble = 'token_refused';
      return TOKEN_RETRY_MS;
    }
    trouble = 'away';
    return Math.max(error.retryAfterMs, pauseAfter(++failures));
  }

  async function work(): Promise<void> {
    working = true;
    while (again && !stopped) {
      again = false;
      let pause: number | null = null;
      try {
        trouble = await pass();
        allWait = false;
        const soonest = Math.min(...[...held.values()].map(({ until }) => until));
        if (held.size > 0) pause = Math.max(0, soonest - clock.monotonic());
        if (unsaved.size > 0) pause = Math.min(pause ?? SAVE_AGAIN_MS, SAVE_AGAIN_MS);
      } catch (error) {
        pause = pauseOf(error);
        allWait = true;
      }
      if (pause !== null && !again && !stopped) {
        cancelRetry = clock.after(pause, retry);
        break;
      }
    }
    working = false;
    if (!stopped) onChange();
  }

  /** There is a ticket. */
  function wake(): void {
    if (!cancelRetry || !allWait) retry();
  }
  /** Something has changed, such as the network: tries at once. */
  function retry(): void {
    cancelRetry?.();
    cancelRetry = null;
    if (stopped || connection === undefined || !isUsed()) return;
    again = true;
    if (!working) void work();
  }

  return {
    wake,
    retry,
    use(to: Connection | null): void {
      connection = to;
      shop = null;
      retry();
    },
    hasToken: () => Boolean(connection),
    trouble: () => trouble,
    stop(): void {
      stopped = true;
      cancelRetry?.();
    },
  };
}
