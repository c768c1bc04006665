import { type Command, CommandAnswer } from '#contract/command.ts';
import { ERROR_CODES, ERROR_STATUS } from '#contract/errors.ts';
import type { Link, LinkState } from '#contract/link.ts';
import type { Ports } from '../ports.ts';
import type { Answered, Queue } from '../queue/queue.ts';
import { type LinkFacts, linkCause, linkState } from './link-state.ts';
import { createPoller } from './poller.ts';
import { createSender, type WayUp } from './sender.ts';
import { createServerApi, type Target } from './server-api.ts';
import type { ServerClock } from './server-clock.ts';
import { reasonOf, ServerError } from './server-error.ts';
import { createSession, type Session } from './session.ts';
import type { SyncEngine } from './sync-engine.ts';
import { limited } from './time-limit.ts';

/** For an answer to a batch of commands, ms. */
const ANSWER_MS = 10_000;
/** How long a refresh waits for the socket after the poll has shown that the server is there, ms. */
const REFRESH_MS = 3_000;

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
  /** Unanswered commands got new numbers. */
  onRenewed(): void;
  /** What the server says besides changes and beats: `stats`, `presence`. */
  onMessage(event: string, payload: unknown): void;
  onDiskFailed(which: 'cache' | 'queue', error: unknown): void;
}

export type ServerLink = ReturnType<typeof createLink>;

/** The connection to one server as one device: both ways, over whichever of socket and HTTP works, and its state (L1, L2). */
export function createLink(options: LinkOptions) {
  const { ports, target, appVersion, sync, queue, serverClock } = options;
  const { clock, random, log } = ports;
  const api = createServerApi(ports, target);
  let networkDown = false;
  let closed = false;
  let state: LinkState = 'unknown';
  let since = serverClock.now();
  let lastWordAt = options.lastWordAt;
  let unheard: { lastN: number; askedAt: number } | null = null;
  /** When commands were last sent or answered, or numbers set anew: a lastN asked for before knows nothing of it; monotonic ms. */
  let heedFrom = Number.NEGATIVE_INFINITY;
  let given = queue.given();
  const waiting = new Set<() => void>();

  function facts(): LinkFacts {
    return { ...session.facts(), atHead: sync.atHead(), polledUntil: poller.polledUntil(), networkDown };
  }

  /** Judges the state anew; time alone can change it. */
  function look(): void {
    const before = state;
    state = linkState(facts(), clock.monotonic());
    if (state !== before) since = serverClock.now();
    if (state === 'live') for (const done of [...waiting]) done();
    options.onLink(state, before);
  }

  /** The server said where its log ends: if we stand there, this is when that was so. */
  function proven(): void {
    if (sync.atHead()) lastWordAt = serverClock.now();
  }

  /**
   * The server named the highest number it has answered, having been asked at `askedAt` (monotonic ms). One that is behind
   * what we know is not heeded: what was answered since would be queued again, and at a fork be done under a second number;
   * but the way it came by is open. Where the disk does not take what follows, it is tried again.
   */
  function heard(lastN: number, askedAt: number): void {
    if (askedAt < heedFrom) {
      unheeded();
      return;
    }
    unheard = { lastN, askedAt };
    const { generation } = queue.identity();
    try {
      if (queue.heard(lastN)) options.onRenewed();
      if (queue.identity().generation !== generation) heedFrom = clock.monotonic();
      unheard = null;
      sender.now();
    } catch (error) {
      options.onDiskFailed('queue', error);
    }
  }

  function noteAnswers(): void {
    if (given !== queue.given()) heedFrom = clock.monotonic();
    given = queue.given();
  }

  function unheeded(): void {
    queue.doubt();
    // One that the disk did not take in time holds up what goes up after it: it is behind by now, and asked for anew.
    const late = unheard !== null && unheard.askedAt < heedFrom;
    if (late) unheard = null;
    if (late || queue.identity().renew) askAgain();
    else sender.now();
  }

  /** The server's numbers or its history are needed, as they are now. */
  function askAgain(): void {
    if (session.isUp()) session.sayHelloAgain();
    else {
      poller.askAnew();
      void poller.pollNow();
    }
  }

  function failed(which: 'cache' | 'queue', error: unknown): void {
    if (!(error instanceof ServerError)) options.onDiskFailed(which, error);
    else if (error.reason === 'revoked') session.stop('revoked');
  }

  const session: Session = createSession({
    ports,
    target,
    appVersion,
    sync,
    serverClock,
    fetchSnapshot: () => api.snapshot(),
    catchUp: () => poller.pollNow(),
    onUp(lastN, askedAt) {
      poller.stop();
      heard(lastN, askedAt);
      options.onUp();
    },
    onDown() {
      const { stopped, failedTries } = session.facts();
      if (stopped) poller.stop();
      else if (failedTries > 0) poller.start();
      sender.poke();
    },
    onMessage: options.onMessage,
    onDiskFailed: (error) => options.onDiskFailed('cache', error),
    onWord: proven,
    onFacts: look,
  });

  const poller = createPoller({
    clock,
    api,
    sync,
    serverClock,
    every: options.pollEvery,
    onLastN: heard,
    onPolled(error) {
      if (closed) return;
      if (error) failed('cache', error);
      else {
        proven();
        sender.now();
      }
      look();
    },
  });

  async function overSocket(commands: Command[]): Promise<CommandAnswer> {
    const asked = session.request('commands', { commands });
    if (!asked) throw new ServerError('server_away', 'the socket is down');
    const raw = await limited(clock, ANSWER_MS, asked).catch((error: Error) => {
      throw new ServerError('server_away', error.message);
    });
    const answer = CommandAnswer.safeParse(raw);
    if (answer.success) return answer.data;
    const { code, message = 'the answer is not in our language' } =
      (raw as { error?: { code?: string; message?: string } } | null)?.error ?? {};
    const known = ERROR_CODES.find((one) => one === code);
    throw new ServerError(reasonOf(code), message, known ? ERROR_STATUS[known] : null);
  }

  function openWay(): WayUp | null {
    if (session.isUp()) return overSocket;
    const { stopped, failedTries } = session.facts();
    return stopped || failedTries === 0 ? null : api.commands;
  }

  function way(): WayUp | null {
    // What is to go up first is not on the disk yet, which could not keep the answers either.
    if (unheard) return null;
    const up = openWay();
    return (
      up &&
      ((commands) => {
        heedFrom = clock.monotonic();
        return up(commands);
      })
    );
  }

  const sender = createSender({
    clock,
    random,
    log,
    queue,
    way,
    epoch: () => sync.position().epoch,
    sameServer: session.isUp,
    onAnswered(answered) {
      options.onAnswered(answered);
      if (answered.fork) heedFrom = clock.monotonic();
      noteAnswers();
      // Without a socket nothing comes down by itself: what the answers led to is asked for now, not at the next poll.
      if (answered.count > 0 && !session.isUp()) void poller.pollNow();
    },
    onOutOfStep: askAgain,
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

  /** Whatever is under way may hang on a connection that died (L1). */
  function anew(): void {
    poller.askAnew();
    session.replace();
  }

  return {
    api,
    start: (): void => session.start(),
    /** There may be something to send, or something was answered by a change. */
    poke(): void {
      noteAnswers();
      sender.poke();
    },
    /** Why commands stay unsent though a way is open; null: nothing is known against it. */
    whyUnsent: () => sender.failure(),
    /** Time has passed. */
    tick(): void {
      if (unheard) heard(unheard.lastN, unheard.askedAt);
      look();
    },
    current: (): Link => ({ state, since, cause: linkCause(facts(), state), lastWordAt }),
    /** L2: everything at once. Whether the link is live afterwards. */
    async refresh(): Promise<boolean> {
      if (session.isUp()) poller.askAnew();
      else anew();
      sender.now();
      const answered = await poller.pollNow();
      if (answered && !closed) await untilLive(REFRESH_MS);
      return state === 'live';
    },
    networkChanged(online: boolean): void {
      networkDown = !online;
      if (online) anew();
      look();
    },
    wake: anew,
    close(): void {
      closed = true;
      session.close();
      poller.close();
      sender.close();
      for (const done of [...waiting]) done();
    },
  };
}
