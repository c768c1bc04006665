import type { SnapshotReason } from '#contract/history.ts';
import type { LinkCause } from '#contract/link.ts';
import {
  BEAT_MS,
  Beat,
  Changes,
  HelloAnswer,
  LIVE_WITHIN_MS,
  type Position,
  PROTOCOL,
  type Snapshot,
} from '#contract/sync.ts';
import type { Log, Ports, Socket } from '../ports.ts';
import { backOffMs } from './back-off.ts';
import type { Target } from './server-api.ts';
import type { ServerClock } from './server-clock.ts';
import { reasonOf, ServerError } from './server-error.ts';
import type { SyncEngine } from './sync-engine.ts';
import { limited } from './time-limit.ts';

/** To connect, ms: a server in the middle of a restart may take the call and never answer it. */
const CONNECT_MS = 5_000;
/** To answer hello, ms. */
const HELLO_MS = 10_000;
/** Away for longer than this, ms, a display may have missed much: it catches up before hello, where answers are compressed. */
const FAR_BEHIND_MS = 15_000;
/** That may take so long, ms; then hello is said all the same, and what comes twice is ignored (S3). */
const CATCH_UP_MS = 5_000;
/** Between two hellos on one socket at least, ms: a server that cannot be followed is not asked in a tight circle. */
const HELLO_GAP_MS = 1_000;
/** A refused display knocks again this often, ms: whoever revoked it by mistake need not visit it. */
const STOPPED_RETRY_MS = 5 * 60_000;

export interface SessionOptions {
  ports: Pick<Ports, 'clock' | 'random' | 'sockets'> & { log: Log };
  target: Target;
  appVersion: string;
  sync: SyncEngine;
  serverClock: ServerClock;
  fetchSnapshot(): Promise<Snapshot>;
  /** Takes what is new over HTTP; resolves however that ends. */
  catchUp(): Promise<unknown>;
  /** Hello was answered: the socket is up. */
  onUp(lastN: number, askedAt: number): void;
  /** It was lost, or could not be had. */
  onDown(): void;
  onMessage(event: string, payload: unknown): void;
  /** The disk did not take what came down. */
  onDiskFailed(error: unknown): void;
  /** A word from the server about where its log ends was taken in. */
  onWord(): void;
  /** Something that the state of the link depends on has changed. */
  onFacts(): void;
}

export interface SessionFacts {
  stopped: 'revoked' | 'protocol' | null;
  tried: boolean;
  lastBeat: number | null;
  failedTries: number;
  failure: LinkCause | null;
}

export type Session = ReturnType<typeof createSession>;

/**
 * One socket after another to `/store`: tries with back-off (L1), hello, batches, beats, and starting over by snapshot.
 * A socket without a beat for 12 s is dead, whatever it says of itself.
 */
export function createSession(options: SessionOptions) {
  const { ports, target, appVersion, sync, serverClock, onUp, onDown, onMessage, onWord, onFacts } = options;
  const { clock, log } = ports;
  const facts: SessionFacts = { stopped: null, tried: false, lastBeat: null, failedTries: 0, failure: null };
  let socket: Socket | null = null;
  /** Counts sockets: what an older one still says is not heard. */
  let round = 0;
  let upSince: number | null = null;
  let hello: 'none' | 'asked' | 'startingOver' = 'none';
  /** What came in one packet with the answer to the first hello, and was told before it. */
  let early: [event: string, payload: unknown][] = [];
  let lastHello = Number.NEGATIVE_INFINITY;
  /** The last beat on any socket, monotonic ms. */
  let lastWord: number | null = null;
  let startsOver = 0;
  let timers: Partial<Record<'retry' | 'watch' | 'hello', () => void>> = {};

  function set(name: keyof typeof timers, ms: number, run: () => void): void {
    timers[name]?.();
    timers[name] = clock.after(ms, () => {
      delete timers[name];
      run();
    });
  }

  function hangUp(): void {
    round++;
    for (const cancel of Object.values(timers)) cancel();
    timers = {};
    socket?.close();
    socket = null;
    hello = 'none';
    early = [];
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
    // Where tries have failed the polls go on by themselves, at their own pace (L2).
    const ahead = facts.failedTries === 0 ? caughtUp() : null;
    set('watch', CONNECT_MS, () => down('server_away'));
    socket = ports.sockets.open(
      { ...target, protocol: PROTOCOL, appVersion },
      {
        connected: ifMine(() => {
          set('watch', CATCH_UP_MS + HELLO_MS, () => down('server_away'));
          void (ahead ?? caughtUp()).then(ifMine(() => void sayHello()));
        }),
        refused: ifMine((code, message) => refused(code ?? undefined, message)),
        failed: ifMine(() => down('server_away')),
        closed: ifMine(() => down('server_away')),
        message: ifMine(heard),
      },
    );
    onFacts();
  }

  function refused(code: string | undefined, message: string): void {
    log.warn('the server refused the socket', { code, message });
    if (code === 'protocol_unsupported') stop('protocol');
    else if (reasonOf(code) === 'revoked') stop('revoked');
    else down(reasonOf(code));
  }

  function stop(why: 'revoked' | 'protocol'): void {
    hangUp();
    facts.stopped = why;
    set('retry', STOPPED_RETRY_MS, open);
    onDown();
    onFacts();
  }

  function down(why: LinkCause, atLeast = 0): void {
    const lived = upSince !== null && clock.monotonic() - upSince >= BEAT_MS;
    hangUp();
    facts.failedTries = lived ? 0 : facts.failedTries + 1;
    facts.failure = why;
    set('retry', Math.max(atLeast, backOffMs(facts.failedTries, ports.random())), open);
    onDown();
    onFacts();
  }

  /** Resolves at once for who was here a moment ago; who has nothing yet is told to start over by hello itself. */
  async function caughtUp(): Promise<void> {
    const behind = clock.monotonic() - (lastWord ?? Number.NEGATIVE_INFINITY) > FAR_BEHIND_MS;
    if (behind && sync.position().epoch !== null)
      await limited(clock, CATCH_UP_MS, options.catchUp()).catch(() => undefined);
  }

  async function sayHello(): Promise<void> {
    if (!socket || hello !== 'none') return;
    const mine = round;
    const toldAt = sync.position();
    const sentAt = clock.monotonic();
    hello = 'asked';
    lastHello = sentAt;
    timers.hello?.();
    try {
      const answer = await limited(clock, HELLO_MS, socket.request('hello', toldAt));
      if (mine === round) helloAnswered(answer, sentAt, toldAt);
    } catch (error) {
      if (mine === round) down(error instanceof ServerError ? error.reason : 'server_away');
    }
  }

  function helloAnswered(raw: unknown, sentAt: number, toldAt: Position) {
    hello = 'none';
    const parsed = HelloAnswer.safeParse(raw);
    if (!parsed.success) return refused(codeOf(raw), 'hello was not answered in our language');
    const answer = parsed.data;
    if (answer.protocol !== PROTOCOL) return stop('protocol');
    upSince ??= clock.monotonic();
    facts.stopped = null;
    facts.failure = null;
    serverClock.answered(sentAt, answer.serverTime);
    sync.heardHead(answer.epoch, answer.head);
    sync.refute(answer.mode === 'snapshot' ? toldAt : null);
    sync.startCounting();
    beaten();
    onWord();
    onUp(answer.lastN, sentAt);
    if (answer.mode === 'snapshot') void startOver(toldAt, answer.reason ?? 'epoch');
    else startsOver = 0;
    for (const [event, payload] of early.splice(0)) if (upSince !== null) heard(event, payload);
    onFacts();
  }

  /** S4. However it ends, hello is said again: it tells where we stand now. */
  async function startOver(toldAt: Position, reason: SnapshotReason): Promise<void> {
    const mine = round;
    hello = 'startingOver';
    log.info('starting over by snapshot', { reason, epoch: toldAt.epoch, cursor: toldAt.cursor });
    try {
      const snapshot = await options.fetchSnapshot();
      if (mine !== round) return;
      sync.takeSnapshot(snapshot, toldAt, reason);
      startsOver++;
    } catch (error) {
      if (mine !== round) return;
      startsOver++;
      if (!(error instanceof ServerError)) options.onDiskFailed(error);
      else if (error.reason === 'revoked') return stop('revoked');
      else facts.failure = error.reason;
    }
    hello = 'none';
    if (startsOver === 1 && facts.failure === null) void sayHello();
    else set('hello', backOffMs(startsOver, ports.random()), () => void sayHello());
    onFacts();
  }

  function helloAgain(): void {
    if (hello !== 'none' || timers.hello) return;
    const wait = lastHello + HELLO_GAP_MS - clock.monotonic();
    if (wait <= 0) void sayHello();
    else set('hello', wait, () => void sayHello());
  }

  function beaten(): void {
    facts.lastBeat = clock.monotonic();
    lastWord = facts.lastBeat;
    set('watch', LIVE_WITHIN_MS, () => down('server_away'));
  }

  function heard(event: string, payload: unknown): void {
    if (upSince === null) return void early.push([event, payload]);
    if (event === 'beat') heardBeat(payload);
    else if (event === 'changes') heardChanges(payload);
    else onMessage(event, payload);
    onFacts();
  }

  function heardBeat(payload: unknown): void {
    const beat = Beat.safeParse(payload);
    if (!beat.success) return;
    if (clock.monotonic() - (upSince ?? 0) >= BEAT_MS) facts.failedTries = 0;
    beaten();
    serverClock.beat(beat.data.serverTime);
    const means = sync.takeBeat(beat.data);
    onWord();
    if (means === 'hello') helloAgain();
    if (means !== 'diverged' || hello !== 'none') return;
    log.error('what is shown is not what the server has; starting over', { head: beat.data.head });
    sync.refute(sync.position());
    void startOver(sync.position(), 'digest');
  }

  function heardChanges(payload: unknown) {
    const batch = Changes.safeParse(payload);
    if (!batch.success) {
      log.error('a batch of changes is not in our language', { problem: batch.error.message.slice(0, 500) });
      facts.failure = 'server_error';
      return helloAgain();
    }
    try {
      if (sync.takeChanges(batch.data, 'socket') === 'gap') return helloAgain();
      socket?.send('got', { cursor: sync.position().cursor });
      onWord();
    } catch (error) {
      options.onDiskFailed(error);
    }
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
    sayHelloAgain: helloAgain,
    isUp: (): boolean => upSince !== null,
    facts: (): Readonly<SessionFacts> => facts,
    /** The server said over HTTP that our token is not good. */
    stop,
    /** The socket's own way up; null when it is down. */
    request: (event: 'commands', payload: unknown): Promise<unknown> | null =>
      socket && upSince !== null ? socket.request(event, payload) : null,
    close: hangUp,
  };
}

/** `code` of `{error: {code}}`, as a refused message is acked. */
function codeOf(answer: unknown): string | undefined {
  const code = (answer as { error?: { code?: unknown } } | null)?.error?.code;
  return typeof code === 'string' ? code : undefined;
}
