import type { LinkCause } from '#contract/link.ts';
import { BEAT_MS, LIVE_WITHIN_MS, PROTOCOL } from '#contract/sync.ts';
import type { Ports, Socket } from '../ports.ts';
import { backOffMs } from './back-off.ts';
import { type Conversation, type ConversationParts, createConversation, HELLO_MS } from './conversation.ts';
import type { LinkFacts } from './link-state.ts';
import type { Target } from './server-api.ts';
import { reasonOf } from './server-error.ts';
import { limited } from './time-limit.ts';

/** To connect, ms: a server in the middle of a restart may accept and never answer. */
const CONNECT_MS = 5_000;
/** Catching up before hello may take so long, ms; then hello is said all the same, and what comes twice is ignored (S3). */
const CATCH_UP_MS = 5_000;
/** A refused display tries again this often, ms: whoever revoked it by mistake need not visit it. */
const STOPPED_RETRY_MS = 5 * 60_000;

export interface SocketAttemptsOptions {
  ports: Pick<Ports, 'clock' | 'random' | 'sockets' | 'log'>;
  target: Target;
  appVersion: string;
  conversation: ConversationParts;
  /** Fetches what was missed over HTTP, where it is compressed; null: nothing to speak of was missed. */
  catchUp(): Promise<unknown> | null;
  /** Hello was answered. `known`: the ledger holds the last answered command (C3). */
  onHello(known: boolean): void;
  /** The socket was lost, or could not be had. */
  onDown(): void;
  /** Something that the state of the link depends on has changed. */
  onFacts(): void;
}

type SocketFacts = Pick<LinkFacts, 'stopped' | 'tried' | 'lastBeat' | 'failedTries' | 'failure'>;

/**
 * One socket after another to `/store`, with back-off (L1); what is said on each is its {@link Conversation}. A socket
 * without a beat for 12 s is dead, whatever it says of itself.
 */
export function createSocketAttempts(options: SocketAttemptsOptions) {
  const { ports, target, appVersion, onHello, onDown, onFacts } = options;
  const { clock, log } = ports;
  const facts: SocketFacts = { stopped: null, tried: false, lastBeat: null, failedTries: 0, failure: null };
  let socket: Socket | null = null;
  let conversation: Conversation | null = null;
  /** Counts sockets: what an older one still says is ignored. */
  let round = 0;
  let upSince: number | null = null;
  let cancelRetry: (() => void) | null = null;
  let cancelWatch: (() => void) | null = null;

  /** Gives the socket up unless something happens within `ms`. */
  function watch(ms: number): void {
    cancelWatch?.();
    cancelWatch = clock.after(ms, () => failed('server_away'));
  }
  function retryAfter(ms: number): void {
    cancelRetry?.();
    cancelRetry = clock.after(ms, open);
  }

  function hangUp(): void {
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
    hangUp();
    const mine = round;
    const ifMine =
      <A extends unknown[]>(run: (...args: A) => void) =>
      (...args: A) => {
        if (mine === round) run(...args);
      };
    facts.tried = true;
    // Where tries have failed the polls run by themselves, at their own pace (L2).
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
      onHello(known) {
        upSince ??= clock.monotonic();
        facts.stopped = null;
        onHello(known);
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
  /** A socket that goes at once after hello is a failed try like any other. */
  const hasLived = (): boolean => upSince !== null && clock.monotonic() - upSince >= BEAT_MS;

  function refused(code: string | undefined, message: string): void {
    log.warn('the server refused the socket', { code, message });
    if (code === 'protocol_unsupported') stop('protocol');
    else if (reasonOf(code) === 'revoked') stop('revoked');
    else failed(reasonOf(code));
  }

  function stop(why: 'revoked' | 'protocol'): void {
    hangUp();
    facts.stopped = why;
    retryAfter(STOPPED_RETRY_MS);
    onDown();
    onFacts();
  }

  function failed(why: LinkCause): void {
    const lived = hasLived();
    hangUp();
    facts.failedTries = lived ? 0 : facts.failedTries + 1;
    facts.failure = why;
    retryAfter(backOffMs(facts.failedTries, ports.random()));
    onDown();
    onFacts();
  }

  return {
    start: open,
    /** The network came, the machine woke, a person asks: a new socket now, whatever the old one says of itself (L1). */
    replace(): void {
      const wasUp = upSince !== null;
      facts.failedTries = 0;
      open();
      if (wasUp) onDown();
    },
    sayHelloAgain: (): void => conversation?.sayHelloAgain(),
    facts: (): Readonly<SocketFacts> => facts,
    /** The server said over HTTP that our token is not good. */
    stop,
    /** The socket, while hello is answered on it. */
    live: (): Socket | null => (conversation?.isUp() ? socket : null),
    close: hangUp,
  };
}
