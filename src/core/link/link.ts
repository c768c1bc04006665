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

/** How long a refresh waits for the socket after the poll has shown that the server is there, ms. */
const REFRESH_MS = 3_000;
/** After a longer time without a word, ms, a display may have missed much: it catches up before hello. */
const FAR_BEHIND_MS = 15_000;

export interface LinkOptions {
  ports: Ports;
  target: Target;
  appVersion: string;
  sync: SyncEngine;
  queue: Queue;
  serverClock: ServerClock;
  /** When the server last proved that we are up to date, as known from before; ms, server time. */
  lastWordAt: number | null;
  /** ms between two polls (L2). */
  pollEvery(): number;
  /** Something about the link has changed; `before` and `now` may be the same state. */
  onLink(now: LinkState, before: LinkState): void;
  /** The socket is up, after hello. */
  onUp(): void;
  onAnswered(answered: Answered): void;
  /** Messages that are neither changes nor beats: `stats`, `presence`. */
  onMessage(event: string, payload: unknown): void;
  onDiskFailed(which: 'cache' | 'queue', error: unknown): void;
}

export type ServerLink = ReturnType<typeof createLink>;

/**
 * The connection to one server as one device, and its state (L1, L2). The parts do not know each other: sockets and
 * polls bring changes down into the sync engine, the sender takes the queue up over whichever of the two works, the
 * ledger check looks after what was answered. Here is decided what each of them does when another reports something.
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

  /** Recomputes the state; time alone can change it. */
  function look(): void {
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

  /** C3: what hello and polls ask about. Where the disk does not tell, all of it is checked. */
  function lastAnswered(): string | null {
    try {
      return queue.lastAnswered();
    } catch (error) {
      options.onDiskFailed('queue', error);
      ledgerCheck.check();
      return null;
    }
  }

  function onLedger(known: boolean): void {
    if (known) ledgerCheck.retry();
    else ledgerCheck.check();
    sender.now();
  }

  /** The server's position is needed as it is now. */
  function askAgain(): void {
    if (sockets.live()) sockets.sayHelloAgain();
    else {
      poller.restart();
      void poller.pollNow();
    }
  }

  /** Whatever is under way may wait on a connection that died (L1). */
  function reconnect(): void {
    poller.restart();
    sockets.replace();
  }

  /** The one way up that is open now. None before the server has named its time: until then the age of an answer is unknown (C1). */
  function openTransport(): CommandTransport | null {
    const socket = sockets.live();
    if (socket) return socketTransport(clock, socket.request);
    const { stopped, failedTries } = sockets.facts();
    return stopped || failedTries === 0 || serverClock.wallIsOff() === null ? null : api;
  }

  const poller = createPoller({
    clock,
    api,
    sync,
    serverClock,
    lastWord,
    lastAnswered,
    every: options.pollEvery,
    onLedger,
    onPolled(error) {
      if (closed) return;
      if (error) failed('cache', error);
      else sender.now();
      look();
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
      lastAnswered,
      fetchSnapshot: api.snapshot,
      onMessage: options.onMessage,
      onDiskFailed: (error) => options.onDiskFailed('cache', error),
    },
    catchUp: () => (lastWord.age() > FAR_BEHIND_MS && sync.position().epoch !== null ? poller.pollNow() : null),
    onHello(known) {
      poller.stop();
      onLedger(known);
      options.onUp();
    },
    onDown() {
      const { stopped, failedTries } = sockets.facts();
      if (stopped) poller.stop();
      else if (failedTries > 0) poller.start();
      sender.poke();
    },
    onFacts: look,
  });

  const ledgerCheck = createLedgerCheck({
    queue,
    transport: openTransport,
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
    epoch: () => sync.position().epoch,
    onAnswered(answered) {
      options.onAnswered(answered);
      // Without a socket nothing comes down by itself: what the answers led to is asked for now, not at the next poll.
      if (answered.count > 0 && !sockets.live()) void poller.pollNow();
    },
    onOtherEpoch: askAgain,
    onExpected: ledgerCheck.check,
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
      look();
    });
  }

  return {
    api,
    start: sockets.start,
    /** There may be something to send. */
    poke: sender.poke,
    /** Why commands stay unsent though a way is open; null: nothing is known against it. */
    whyUnsent: () => ledgerCheck.failure() ?? sender.failure(),
    /** Time has passed. */
    tick(): void {
      ledgerCheck.retry();
      look();
    },
    current: (): Link => ({ state, since, cause: linkCause(facts(), state), lastWordAt: lastWord.at() }),
    /** L2: everything at once. Whether the link is live afterwards. */
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
      look();
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
