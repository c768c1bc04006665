import type { LinkCause } from '#contract/link.ts';
import { BEAT_MS, LIVE_WITHIN_MS, PROTOCOL } from '#contract/sync.ts';
import type { Ports, Socket } from '../ports.ts';
import { backOffMs } from './back-off.ts';
import { type Conversation, type ConversationParts, createConversation, HELLO_MS } from './conversation.ts';
import type { LinkFacts } from './link-state.ts';
import type { Target } from './server-api.ts';
import { reasonOf } from './server-error.ts';
import { limited } from './time-limit.ts';

/** Time limit for connecting, ms: a restarting server may accept and never answer. */
const CONNECT_MS = 5_000;
/** Time limit for catching up before hello, ms. After it, hello is sent anyway; duplicate changes are ignored (S3). */
const CATCH_UP_MS = 5_000;
/** A refused display retries this often, ms, so a revocation by mistake can be undone remotely. */
const STOPPED_RETRY_MS = 5 * 60_000;

export interface SocketAttemptsOptions {
  ports: Pick<Ports, 'clock' | 'random' | 'sockets' | 'log'>;
  target: Target;
  appVersion: string;
  conversation: ConversationParts;
  /** Fetches missed changes over HTTP, which compresses them; null: not needed. */
  catchUp(): Promise<unknown> | null;
  /** The server answered hello. */
  onHello(): void;
  /** The socket closed or did not open. */
  onDown(): void;
  /** A fact that the link's state depends on has changed. */
  onFacts(): void;
}

type SocketFacts = Pick<LinkFacts, 'stopped' | 'tried' | 'lastBeat' | 'failedTries' | 'failure'>;

/**
 * Keeps one socket to `/store` open, reconnecting with back-off (L1). A {@link Conversation} runs the protocol on each.
 * A socket without a beat for 12 s is dead, even if it reports that it is connected.
 */
export function createSocketAttempts(options: SocketAttemptsOptions) {
  const { ports, target, appVersion, onHello, onDown, onFacts } = options;
  const { clock, log } = ports;
  const facts: SocketFacts = { stopped: null, tried: false, lastBeat: null, failedTries: 0, failure: null };
  let socket: Socket | null = null;
  let conversation: Conversation | null = null;
  /** Counts sockets; events of an older one are ignored. */
  let round = 0;
  let upSince: number | null = null;
  let cancelRetry: (() => void) | null = null;
  let cancelWatch: (() => void) | null = null;

  /** Gives up the socket unless called again within `ms`. */
  function watch(ms: number): void {
    cancelWatch?.();
    cancelWatch = clock.after(ms, () => failed('server_away'));
  }
  function retryAfter(ms: number): void {
    cancelRetry?.();
    cancelRetry = clock.after(ms, open);
  }

  function disconnect(): void {
    round++;
    cancelRetry?.();
    cancelWatch?.();
    conversation?.close();
    socket?.close();
    conversation = null;
    socket = null;
    upSince = null;
    facts.lastBeat = null;
  }

  function open(): void {
    disconnect();
    const mine = round;
    const ifMine =
      <A extends unknown[]>(run: (...args: A) => void) =>
      (...args: A) => {
        if (mine === round) run(...args);
      };
    facts.tried = true;
    // After a failed try, periodic polls already run (L2).
    const ahead = facts.failedTries === 0 ? caughtUp() : null;
    watch(CONNECT_MS);
    socket = ports.sockets.open(
      { ...target, protocol: PROTOCOL, appVersion },
      {
        connected: ifMine(() => {
          watch(CATCH_UP_MS + HELLO_MS);
          void (ahead ?? caughtUp()).then(ifMine(() => void conversation?.sayHello()));
        }),
        refused: ifMine((code, message) => refused(code ?? undefined, message)),
        failed: ifMine(() => failed('server_away')),
        closed: ifMine(() => failed('server_away')),
        message: ifMine((event, payload) => conversation?.receive(event, payload)),
      },
    );
    conversation = createConversation(socket, options.conversation, {
      onHello() {
        upSince ??= clock.monotonic();
        facts.stopped = null;
        onHello();
      },
      onBeat() {
        facts.lastBeat = clock.monotonic();
        if (hasLived()) facts.failedTries = 0;
        watch(LIVE_WITHIN_MS);
      },
      onTrouble(cause) {
        facts.failure = cause;
      },
      onBroken: failed,
      onRefused: refused,
      onProgress: onFacts,
    });
    onFacts();
  }

  const caughtUp = async (): Promise<void> => {
    const catchingUp = options.catchUp();
    if (catchingUp) await limited(clock, CATCH_UP_MS, catchingUp).catch(() => undefined);
  };
  /** A socket that closes right after hello counts as a failed try. */
  const hasLived = (): boolean => upSince !== null && clock.monotonic() - upSince >= BEAT_MS;

  function refused(code: string | undefined, message: string): void {
    log.warn('the server refused the socket', { code, message });
    if (code === 'protocol_unsupported') stop('protocol');
    else if (reasonOf(code) === 'revoked') stop('revoked');
    else failed(reasonOf(code));
  }

  function stop(why: 'revoked' | 'protocol'): void {
    disconnect();
    facts.stopped = why;
    retryAfter(STOPPED_RETRY_MS);
    onDown();
    onFacts();
  }

  function failed(why: LinkCause): void {
    const lived = hasLived();
    disconnect();
    facts.failedTries = lived ? 0 : facts.failedTries + 1;
    facts.failure = why;
    retryAfter(backOffMs(facts.failedTries, ports.random()));
    onDown();
    onFacts();
  }

  return {
    start: open,
    /** Replaces the socket now: the network is back, the machine woke, or the user asks (L1). */
    replace(): void {
      const wasUp = upSince !== null;
      facts.failedTries = 0;
      open();
      if (wasUp) onDown();
    },
    sayHelloAgain: (): void => conversation?.sayHelloAgain(),
    facts: (): Readonly<SocketFacts> => facts,
    /** The server rejected the token over HTTP. */
    stop,
    /** The socket, once hello has been answered on it. */
    live: (): Socket | null => (conversation?.isUp() ? socket : null),
    close: disconnect,
  };
}
