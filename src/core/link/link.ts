import type { Link, LinkState } from '#contract/link.ts';
import type { Ports } from '../ports.ts';
import type { Answered, Queue } from '../queue/queue.ts';
import { type CommandTransport, socketTransport } from './command-transport.ts';
import { createLastWord } from './last-word.ts';
import { createLedgerCheck } from './ledger-check.ts';
import { type LinkFacts, linkCause, linkState } from './link-state.ts';
import { createPoller } from './poller.ts';
import { createSender } from './sender.ts';
import { createServerApi, type Target } from './server-api.ts';
import type { ServerClock } from './server-clock.ts';
import { ServerError } from './server-error.ts';
import { createSocketAttempts } from './socket-attempts.ts';
import type { SyncEngine } from './sync-engine.ts';

/** How long a refresh waits for the socket after a successful poll, ms. */
const REFRESH_MS = 3_000;
/** After a longer silence, ms, the display may have missed a lot: it catches up before hello. */
const FAR_BEHIND_MS = 15_000;

export interface LinkOptions {
  ports: Ports;
  target: Target;
  appVersion: string;
  sync: SyncEngine;
  queue: Queue;
  serverClock: ServerClock;
  /** From an earlier run: when the server last proved that the display is up to date; ms, server time. */
  lastWordAt: number | null;
  /** ms between two polls (L2). */
  pollEvery(): number;
  /** Something about the link has changed; `before` and `now` may be equal. */
  onLink(now: LinkState, before: LinkState): void;
  /** The socket is up, after hello. */
  onUp(): void;
  /** A poll worked while the socket is down. */
  onPolled(): void;
  onAnswered(answered: Answered): void;
  /** Messages that are neither changes nor beats: `stats`, `presence`, `availability`. */
  onMessage(event: string, payload: unknown): void;
  onDiskFailed(which: 'cache' | 'queue', error: unknown): void;
}

export type ServerLink = ReturnType<typeof createLink>;

/**
 * The connection to one server as one device, and its state (L1, L2). Sockets and polls feed changes into the sync
 * engine. The sender sends the queue over whichever of the two works. The ledger check finds answered commands that the
 * server has lost. The parts do not know each other; this function connects their events.
 */
export function createLink(options: LinkOptions) {
  const { ports, target, appVersion, sync, queue, serverClock } = options;
  const { clock, random, log } = ports;
  const api = createServerApi(ports, target);
  const lastWord = createLastWord({ clock, serverClock, sync }, options.lastWordAt);
  let networkDown = false;
  let closed = false;
  let state: LinkState = 'unknown';
  let since = serverClock.now();
  const waiting = new Set<() => void>();

  function facts(): LinkFacts {
    return { ...sockets.facts(), atHead: sync.atHead(), polledUntil: poller.polledUntil(), networkDown };
  }

  /** Recomputes the state, which may change with time alone. */
  function updateState(): void {
    const before = state;
    state = linkState(facts(), clock.monotonic());
    if (state !== before) since = serverClock.now();
    if (state === 'live') for (const done of [...waiting]) done();
    options.onLink(state, before);
  }

  function failed(which: 'cache' | 'queue', error: unknown): void {
    if (!(error instanceof ServerError)) options.onDiskFailed(which, error);
    else if (error.reason === 'revoked') sockets.stop('revoked');
  }

  /** Asks the server for its current position. */
  function askAgain(): void {
    if (sockets.live()) sockets.sayHelloAgain();
    else {
      poller.restart();
      void poller.pollNow();
    }
  }

  /** Replaces poll and socket: both may be waiting on a dead connection (L1). */
  function reconnect(): void {
    poller.restart();
    sockets.replace();
  }

  /**
   * The transport to send over now. Null until the server has sent its time, which ages of answers need (C1), and HTTP not
   * before a poll was answered: the server's clock may have been set meanwhile.
   */
  function openTransport(): CommandTransport | null {
    const socket = sockets.live();
    if (socket) return socketTransport(clock, socket.request);
    const { stopped, failedTries } = sockets.facts();
    return stopped || failedTries === 0 || serverClock.heard() === 0 || !poller.answered() ? null : api;
  }

  const poller = createPoller({
    clock,
    api,
    sync,
    serverClock,
    lastWord,
    askLedger: () => ledgerCheck.ask(),
    every: options.pollEvery,
    onPolled(error) {
      if (closed) return;
      if (error) {
        failed('cache', error);
        sender.poke();
      } else {
        sender.now();
        if (!sockets.live()) options.onPolled();
      }
      updateState();
    },
  });

  const sockets = createSocketAttempts({
    ports,
    target,
    appVersion,
    conversation: {
      ports,
      sync,
      serverClock,
      lastWord,
      askLedger: () => ledgerCheck.ask(),
      fetchSnapshot: api.snapshot,
      onMessage: options.onMessage,
      onDiskFailed: (error) => options.onDiskFailed('cache', error),
    },
    catchUp: () => (lastWord.age() > FAR_BEHIND_MS && sync.position().epoch !== null ? poller.pollNow() : null),
    onHello() {
      poller.stop();
      options.onUp();
    },
    onDown() {
      const { stopped, failedTries } = sockets.facts();
      if (stopped) poller.stop();
      else if (failedTries > 0) poller.start();
      sender.poke();
    },
    onFacts: updateState,
  });

  const ledgerCheck = createLedgerCheck({
    queue,
    sync,
    transport: openTransport,
    onTaken: () => sender.now(),
    onChecked(lost) {
      if (lost > 0) log.warn('the server has lost answers; their commands go up again', { lost });
      if (lost > 0) sender.now();
      else sender.poke();
    },
    onFailed: (error) => failed('queue', error),
  });

  const sender = createSender({
    clock,
    random,
    log,
    queue,
    transport: () => (ledgerCheck.isDue() ? null : openTransport()),
    sending: () => ledgerCheck.sending(),
    epoch: () => sync.position().epoch,
    onAnswered(answered) {
      options.onAnswered(answered);
      // Without a socket the server pushes nothing: fetch the resulting changes now, not at the next poll.
      if (answered.count > 0 && !sockets.live()) void poller.pollNow();
    },
    onOtherEpoch: askAgain,
    onExpected: () => ledgerCheck.check(),
    onFailed: (error) => failed('queue', error),
  });

  function untilLive(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        waiting.delete(done);
        cancel();
        resolve();
      };
      const cancel = clock.after(ms, done);
      waiting.add(done);
      updateState();
    });
  }

  return {
    api,
    start: sockets.start,
    /** Sends what is waiting, if anything is. */
    poke: sender.poke,
    /** Fetches a snapshot, although the log continues. Throws `StorageError`. */
    startOver(): void {
      sync.startOver();
      updateState();
      askAgain();
    },
    /** Why commands stay unsent although a transport is open; null: no known reason. */
    whyUnsent: () => ledgerCheck.failure() ?? sender.failure(),
    /** Call periodically: retries a due check and recomputes the state. */
    tick(): void {
      ledgerCheck.retry();
      updateState();
    },
    current: (): Link => ({ state, since, cause: linkCause(facts(), state), lastWordAt: lastWord.at() }),
    /** L2: polls, sends and reconnects at once. Returns whether the link is live afterwards. */
    async refresh(): Promise<boolean> {
      if (sockets.live()) poller.restart();
      else reconnect();
      sender.now();
      const answered = await poller.pollNow();
      if (answered && !closed) await untilLive(REFRESH_MS);
      return state === 'live';
    },
    networkChanged(online: boolean): void {
      networkDown = !online;
      if (online) reconnect();
      updateState();
    },
    wake: reconnect,
    close(): void {
      closed = true;
      sockets.close();
      poller.close();
      sender.close();
      ledgerCheck.close();
      for (const done of [...waiting]) done();
    },
  };
}
