import type { Command, CommandAnswer } from '#contract/command.ts';
import { MAX_COMMANDS } from '#contract/sync.ts';
import type { Clock, Log } from '../ports.ts';
import type { Answered, Queue } from '../queue/queue.ts';
import type { CommandRow } from '../stores.ts';
import { backOffMs } from './back-off.ts';
import { ServerError } from './server-error.ts';

/** UTF-16 units in one batch: three bytes each would still fit the 128 KiB of an HTTP body. */
const BATCH_UNITS = 40_000;

/** A way up that is open now: socket when live, else HTTP (L2). Rejects with {@link ServerError}. */
export type WayUp = (commands: Command[]) => Promise<CommandAnswer>;

export interface SenderOptions {
  clock: Clock;
  random(): number;
  log: Log;
  queue: Queue;
  /** The way that is open now, or null. */
  way(): WayUp | null;
  /** Whether all that goes up now reaches the life of the server that said hello. */
  sameServer(): boolean;
  /** The cache's epoch: only answers given in it count; the others' numbers are sent again. */
  epoch(): string | null;
  onAnswered(answered: Answered): void;
  /** The server is in another epoch than we, or its numbers are needed (a `fork`): hello must be said again. */
  onOutOfStep(): void;
  /** A batch failed; it stays in the queue. */
  onFailed(error: unknown): void;
}

export type Sender = ReturnType<typeof createSender>;

/**
 * The way up (C3 to C5): one batch in flight, in order, over whichever way is open. What fails stays in the queue and is
 * tried again, for ever; what the server says of each number is taken as it comes.
 */
export function createSender(options: SenderOptions) {
  const { clock, random, log, queue, way, sameServer, epoch, onAnswered, onOutOfStep, onFailed } = options;
  let inFlight = false;
  let failures = 0;
  let cancelRetry: (() => void) | null = null;
  /** Shrinks to one when a batch is refused as a whole, to find the command that spoils it. */
  let most = MAX_COMMANDS;
  /** Why the last batch was not answered. */
  let failure: ServerError['reason'] | null = null;
  /** The last answer said of the last answered command that it is there, and no more. */
  let proven = false;
  let closed = false;

  async function sendOne(): Promise<void> {
    const up = way();
    const at = epoch();
    if (closed || inFlight || cancelRetry || !up || at === null) return;
    let rows: CommandRow[] = [];
    inFlight = true;
    try {
      const waiting = queue.toSend(most).map(readable);
      const proof = queue.toProve(waiting, !sameServer() && !proven);
      rows = batchOf(proof ? [proof, ...waiting] : waiting).slice(0, MAX_COMMANDS);
      if (!rows.length) return;
      const answer = await up(rows.map(commandOf));
      if (closed) return;
      if (take(answer, rows)) settled();
      else later(0);
    } catch (error) {
      if (!closed) failed(error, rows);
    } finally {
      inFlight = false;
    }
  }

  /** True when the next batch will be another one: something was answered, or the server waits for an earlier number. */
  function take(answer: CommandAnswer, rows: readonly CommandRow[]): boolean {
    if (answer.epoch !== epoch()) {
      onOutOfStep();
      return false;
    }
    const answered = queue.answered(answer.results, answer.epoch);
    // Two results may be too large for one message; then the second is asked for alone.
    proven = rows[0]?.answer !== null && rows.length > 1 && answer.results.length === 1;
    onAnswered(answered);
    if (answered.fork) onOutOfStep();
    else if (answer.expected !== undefined) queue.heard(answer.expected - 1);
    const rewound = answer.expected !== undefined && answer.expected < (rows[0]?.n ?? 0);
    return (
      rewound ||
      answered.lost ||
      answer.results.some(({ n, code }) => code !== 'fork' && rows.some((row) => row.n === n))
    );
  }

  function settled(): void {
    failures = 0;
    failure = null;
    most = MAX_COMMANDS;
    later(0, 0);
  }

  function later(atLeast: number, wait = Math.max(atLeast, backOffMs(failures++, random()))): void {
    cancelRetry = clock.after(wait, () => {
      cancelRetry = null;
      void sendOne();
    });
  }

  function failed(error: unknown, rows: readonly CommandRow[]): void {
    const status = error instanceof ServerError ? error.status : null;
    const [only, second] = rows.filter((row) => row.answer === null);
    if (status === 400 || status === 413 || status === 422) {
      if (only && !second) unsendable(only, (error as ServerError).message);
      most = 1;
    }
    failure = error instanceof ServerError ? error.reason : null;
    onFailed(error);
    later(error instanceof ServerError ? error.retryAfterMs : 0);
  }

  /** A command that can never be answered: a person is told, and its number goes up as `void`. */
  function unsendable(row: CommandRow, message: string): CommandRow {
    if (row.intent?.type === 'void') return row;
    log.error('a command cannot be sent', { n: row.n, type: row.intent?.type, message });
    const { failedCommands, emptied } = queue.giveToPerson(row, message);
    onAnswered({ count: 0, rejected: failedCommands ? [failedCommands] : [], elsewhere: [], fork: false, lost: false });
    return emptied;
  }
  const readable = (row: CommandRow): CommandRow =>
    row.intent ? row : unsendable(row, 'What was tapped can no longer be read from the disk.');

  return {
    /** There may be something to send. Does nothing while a batch is in flight or a wait is on. */
    poke: (): void => void sendOne(),
    /** Why the last batch failed; null: it did not. */
    failure: (): ServerError['reason'] | null => failure,
    /** The way is open again, or a person asks: no more waiting. */
    now(): void {
      cancelRetry?.();
      cancelRetry = null;
      void sendOne();
    },
    close(): void {
      closed = true;
      cancelRetry?.();
      cancelRetry = null;
    },
  };
}

/** As many of the first rows as fit one message; at least one. */
function batchOf(rows: readonly CommandRow[]): CommandRow[] {
  let units = 0;
  const end = rows.findIndex((row, i) => {
    units += JSON.stringify(row).length;
    return i > 0 && units > BATCH_UNITS;
  });
  return rows.slice(0, end === -1 ? rows.length : end);
}

/** As it goes over the wire. */
function commandOf(row: CommandRow): Command {
  const { n, commandId, orderId, baseVersion, issuedAt } = row;
  return { n, commandId, orderId, baseVersion, issuedAt, ...(row.intent ?? { type: 'void', payload: {} }) };
}
