import type { SnapshotReason } from '#contract/history.ts';
import type { LinkCause } from '#contract/link.ts';
import { Beat, Changes, HelloAnswer, type Position, PROTOCOL, type Snapshot } from '#contract/sync.ts';
import type { Ports, Socket } from '../ports.ts';
import { backOffMs } from './back-off.ts';
import type { LastWord } from './last-word.ts';
import type { LedgerQuestion } from './ledger-check.ts';
import type { ServerClock } from './server-clock.ts';
import { ServerError } from './server-error.ts';
import type { SyncEngine } from './sync-engine.ts';
import { limited } from './time-limit.ts';

/** Time limit for the answer to hello, ms. */
export const HELLO_MS = 10_000;
/** Shortest gap between two hellos on one socket, ms. Prevents a tight loop if the display cannot follow. */
const HELLO_GAP_MS = 1_000;

/** What every conversation needs. */
export interface ConversationParts {
  ports: Pick<Ports, 'clock' | 'random' | 'log'>;
  sync: SyncEngine;
  serverClock: ServerClock;
  lastWord: LastWord;
  fetchSnapshot(reason: SnapshotReason): Promise<Snapshot>;
  /** C3. */
  askLedger(): LedgerQuestion;
  /** Messages that are neither changes nor beats. */
  onMessage(event: string, payload: unknown): void;
  /** The disk did not accept what the server sent. */
  onDiskFailed(error: unknown): void;
}

export interface ConversationEvents {
  /** The server answered hello. */
  onHello(): void;
  /** A sign of life from the server: an answer to hello, or a beat. */
  onBeat(): void;
  /** Something fails although the socket is up; null: it works again. */
  onTrouble(cause: LinkCause | null): void;
  /** This socket is unusable. */
  onBroken(cause: LinkCause): void;
  onRefused(code: string | undefined, message: string): void;
  /** The state of the link may have changed. */
  onProgress(): void;
}

export type Conversation = ReturnType<typeof createConversation>;

/** The protocol on one connected socket: hello, then batches and beats, or starting over by snapshot (S2 to S4, S6). */
export function createConversation(socket: Socket, parts: ConversationParts, events: ConversationEvents) {
  const { ports, sync, serverClock, lastWord } = parts;
  const { clock, random, log } = ports;
  let closed = false;
  let isUp = false;
  let phase: 'following' | 'hello' | 'startingOver' = 'following';
  /** Messages delivered before the answer to the first hello, because they arrived in the same packet. */
  const early: [event: string, payload: unknown][] = [];
  let lastHello = Number.NEGATIVE_INFINITY;
  let startsOver = 0;
  let cancelHello: (() => void) | null = null;

  function helloAfter(ms: number): void {
    cancelHello?.();
    cancelHello = clock.after(ms, () => void sayHello());
  }

  async function sayHello(): Promise<void> {
    if (closed || phase !== 'following') return;
    const position = sync.position();
    const sentAt = clock.monotonic();
    phase = 'hello';
    lastHello = sentAt;
    cancelHello?.();
    cancelHello = null;
    const ledger = parts.askLedger();
    try {
      const message = { ...position, answered: ledger.answered };
      const answer = await limited(clock, HELLO_MS, socket.request('hello', message));
      if (!closed) takeHello(answer, sentAt, position, ledger);
    } catch (error) {
      if (!closed) events.onBroken(error instanceof ServerError ? error.reason : 'server_away');
    }
  }

  function takeHello(raw: unknown, sentAt: number, position: Position, ledger: LedgerQuestion) {
    phase = 'following';
    const parsed = HelloAnswer.safeParse(raw);
    if (!parsed.success) return events.onRefused(codeOf(raw), 'the answer to hello does not follow the contract');
    const answer = parsed.data;
    if (answer.protocol !== PROTOCOL) return events.onRefused('protocol_unsupported', `protocol ${answer.protocol}`);
    isUp = true;
    serverClock.answered(sentAt, answer.serverTime);
    sync.setHead(answer.epoch, answer.head);
    sync.invalidate(answer.mode === 'snapshot' ? position : null);
    sync.startCounting();
    lastWord.update();
    events.onBeat();
    events.onTrouble(null);
    ledger.take(answer.known);
    events.onHello();
    if (answer.mode === 'snapshot') void startOver(position, answer.reason ?? 'epoch');
    else startsOver = 0;
    for (const [event, payload] of early.splice(0)) if (!closed) receive(event, payload);
    events.onProgress();
  }

  /** S4. Says hello again afterwards, also on failure, to report the new position. */
  async function startOver(from: Position, reason: SnapshotReason): Promise<void> {
    phase = 'startingOver';
    log.info('starting over by snapshot', { reason, epoch: from.epoch, cursor: from.cursor });
    let failed = false;
    try {
      const snapshot = await parts.fetchSnapshot(reason);
      if (closed) return;
      sync.takeSnapshot(snapshot, from, reason);
    } catch (error) {
      if (closed) return;
      failed = true;
      if (!(error instanceof ServerError)) parts.onDiskFailed(error);
      else if (error.reason === 'revoked') return events.onRefused('unauthorized', error.message);
      else events.onTrouble(error.reason);
    }
    startsOver++;
    phase = 'following';
    if (startsOver === 1 && !failed) void sayHello();
    else helloAfter(backOffMs(startsOver, random()));
    events.onProgress();
  }

  function sayHelloAgain(): void {
    if (phase !== 'following' || cancelHello) return;
    const wait = lastHello + HELLO_GAP_MS - clock.monotonic();
    if (wait <= 0) void sayHello();
    else helloAfter(wait);
  }

  function receive(event: string, payload: unknown): void {
    if (!isUp) early.push([event, payload]);
    else if (event === 'beat') takeBeat(payload);
    else if (event === 'changes') takeChanges(payload);
    else parts.onMessage(event, payload);
    events.onProgress();
  }

  function takeBeat(payload: unknown): void {
    const beat = Beat.safeParse(payload);
    if (!beat.success) return;
    events.onBeat();
    serverClock.beat(beat.data.serverTime);
    const verdict = sync.takeBeat(beat.data);
    lastWord.update();
    if (verdict === 'hello') sayHelloAgain();
    if (verdict !== 'diverged' || phase !== 'following') return;
    log.error('what is shown is not what the server has; starting over', { head: beat.data.head });
    sync.invalidate(sync.position());
    void startOver(sync.position(), 'digest');
  }

  function takeChanges(payload: unknown) {
    const batch = Changes.safeParse(payload);
    if (!batch.success) {
      log.error('a batch of changes does not follow the contract', { problem: batch.error.message.slice(0, 500) });
      events.onTrouble('server_error');
      return sayHelloAgain();
    }
    try {
      if (sync.takeChanges(batch.data, 'socket') === 'gap') return sayHelloAgain();
      socket.send('got', { cursor: sync.position().cursor });
      lastWord.update();
    } catch (error) {
      parts.onDiskFailed(error);
    }
  }

  return {
    sayHello,
    sayHelloAgain,
    receive,
    /** The server has answered hello on this socket. */
    isUp: (): boolean => isUp,
    close(): void {
      closed = true;
      isUp = false;
      cancelHello?.();
    },
  };
}

/** `code` of `{error: {code}}`, the ack of a refused message. */
function codeOf(answer: unknown): string | undefined {
  const code = (answer as { error?: { code?: unknown } } | null)?.error?.code;
  return typeof code === 'string' ? code : undefined;
}
