import type { Undo } from '#contract/bridge.ts';
import type { DisplayStatus } from '#contract/display-status.ts';
import type { Settings } from '#contract/settings.ts';
import type { Store } from '#contract/store.ts';
import type { TillTicket, TillTrouble, TillView } from '#contract/till.ts';
import type { ConnectionStore } from '../display.ts';
import { createServerApi } from '../link/server-api.ts';
import type { Ports } from '../ports.ts';
import { createTicketSender } from './ticket-sender.ts';
import { type OpenTicket, PortError, type PrintedTicket, type TicketStore, type TillHost } from './till-host.ts';

/** How long to wait before the port or the database is tried again, ms. */
const AGAIN_MS = 2_000;
/** For one look; what waits beyond them is counted. */
const MOST_TICKETS = 50;

export interface TillOptions {
  host: TillHost;
  connection: ConnectionStore;
  ports: Pick<Ports, 'http' | 'clock' | 'random' | 'log' | 'uuid'>;
  settings(): Settings['till'];
  server(): string | null;
  store(): Store | null;
  /** Server time, ms. */
  now(): number;
  onChange(): void;
}

export type Till = ReturnType<typeof createTill>;

/** A kitchen printer to tills: what they print is on this disk, and then an order of the server (ADR 56). */
export function createTill(options: TillOptions) {
  const { host, connection, ports, settings, server, store, now, onChange } = options;
  const { clock, log } = ports;
  let tickets: TicketStore | null = null;
  let counts = { waiting: 0, refused: 0 };
  let port: Extract<TillTrouble, 'port_taken' | 'port_failed'> | null = null;
  /** What the disk does not do. A read that works says nothing about writing. */
  let fault: 'read' | 'write' | null = null;
  let sawPicture = false;
  /** Port and layout that are listened on, or that are tried; null: off. */
  let listening: string | null = null;
  let end: (() => Promise<void>) | null = null;
  /** Ends and begins of listening, in their order. */
  let turn: Promise<void> = Promise.resolve();
  let cancelAgain: Undo | null = null;
  let stopped = false;

  const sender = createTicketSender({
    host,
    ports,
    settings,
    server,
    store,
    isUsed,
    tickets: {
      waitingAfter: (n) => onDisk('read', (open) => open.waitingAfter(n)),
      settle: (...outcome) => onDisk('write', (open) => open.settle(...outcome)),
    },
    onChange() {
      count();
      onChange();
    },
  });

  function opened(): TicketStore {
    tickets ??= host.openTickets();
    return tickets;
  }

  function isUsed(): boolean {
    return settings().on || tickets !== null || host.hasTickets();
  }

  /** Runs what needs the database. Throws `StorageError`, which the screen shows until it works. */
  function onDisk<T>(does: 'read' | 'write', run: (tickets: TicketStore) => T): T {
    const before = fault;
    try {
      const value = run(opened());
      if (does === 'write' || fault === 'read') fault = null;
      return value;
    } catch (error) {
      fault = does === 'write' ? does : (fault ?? does);
      if (!before) log.error('tickets of the till cannot be stored', { error: String(error) });
      throw error;
    } finally {
      if (fault !== before) onChange();
    }
  }

  /** False: the database does not open or answer. */
  function count(): boolean {
    try {
      counts = onDisk('read', (open) => open.counts());
      return true;
    } catch {
      return false;
    }
  }

  function keep(printed: PrintedTicket, content: string, isReprint: boolean): void {
    const ticket = { id: ports.uuid(), at: now(), printed };
    const isNew = onDisk('write', (open) => open.keep(ticket, content, isReprint));
    sawPicture = false;
    if (!isNew) return;
    count();
    onChange();
    sender.wake();
  }

  function refused(what: 'picture' | 'noise', from: string): void {
    log.warn('what was printed is no ticket', { what, from });
    if (what !== 'picture') return;
    sawPicture = true;
    onChange();
  }

  async function listen(wanted: string | null): Promise<void> {
    await end?.();
    end = null;
    port = null;
    if (wanted === null || stopped) return;
    try {
      const { port: on, layout } = settings();
      end = await host.listen({ port: on, layout, keep, refused });
      log.info('tills can print', { port: on });
    } catch (error) {
      port = error instanceof PortError && error.isTaken ? 'port_taken' : 'port_failed';
      log.error('tills cannot print', { error: String(error) });
      if (listening === wanted) listening = null;
      tryAgain();
    }
    onChange();
  }

  function tryAgain(): void {
    cancelAgain?.();
    if (!stopped) cancelAgain = clock.after(AGAIN_MS, begin);
  }

  /** The display starts, or its settings have changed. */
  function begin(): void {
    if (stopped) return;
    cancelAgain?.();
    cancelAgain = null;
    const { on, port: wantedPort, layout } = settings();
    if (isUsed()) {
      if (!count()) tryAgain();
      sender.retry();
    }
    const wanted = on ? JSON.stringify([wantedPort, layout]) : null;
    if (wanted === listening) return;
    listening = wanted;
    turn = turn.then(() => listen(wanted));
  }

  const needsServer = (): boolean => settings().on || counts.waiting > 0;
  function trouble(): TillTrouble | null {
    if (settings().on && port) return port;
    if (fault) return 'disk';
    const sending = needsServer() ? sender.trouble() : null;
    if (sending && (sending !== 'away' || counts.waiting > 0)) return sending;
    return settings().on && sawPicture ? 'picture' : null;
  }

  const shown = ({ id, at, state, printed, why }: OpenTicket): TillTicket => ({
    id,
    at,
    state,
    lines: printed.lines.map(({ text }) => text),
    why,
  });

  return {
    begin,
    /** Begins, and reads the token, for which a person may have to unlock the key store. */
    async start(): Promise<void> {
      begin();
      const stored = await connection.read().catch((error: unknown) => {
        log.warn('the till’s token could not be read', { error: String(error) });
        return null;
      });
      if (!stopped) sender.use(stored);
    },
    /** The server can be reached again, or is another one. */
    retry: sender.retry,
    status(): DisplayStatus['till'] {
      const { waiting, refused } = counts;
      return settings().on || waiting > 0 || refused > 0 ? { trouble: trouble(), waiting, refused } : null;
    },
    /** Throws `StorageError`. */
    view(): TillView {
      return {
        addresses: host.addresses(),
        tokenSet: sender.hasToken(),
        tickets: isUsed() ? opened().open(MOST_TICKETS).map(shown) : [],
      };
    },
    /**
     * Stores the token. Throws `ServerError` if the server does not answer.
     *
     * @returns false: it may not place orders in this display's store, or may do more
     */
    async setToken(origin: string, token: string): Promise<boolean> {
      const api = createServerApi(ports, { origin, token });
      const of = await api.store();
      const own = store()?.id;
      if (!of || (own !== undefined && own !== of.id) || !(await api.isIntegration(of.id))) return false;
      const fresh = { serverUrl: origin, token };
      await connection.write(fresh);
      if (!stopped) sender.use(fresh);
      return true;
    },
    /** Throws `StorageError`. */
    dismiss(id: string): void {
      onDisk('write', (open) => open.settle(id, 'done', null));
      count();
      onChange();
    },
    /** @returns when what tills print now is stored; null: none can print */
    stop(): Promise<void> | null {
      stopped = true;
      cancelAgain?.();
      sender.stop();
      if (!listening && !end) return null;
      return turn.then(() => end?.());
    },
    close: (): void => tickets?.close(),
  };
}
