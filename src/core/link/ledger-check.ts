import { MAX_KNOWN_IDS } from '#contract/command.ts';
import type { Queue } from '../queue/queue.ts';
import type { CommandTransport } from './command-transport.ts';
import { ServerError } from './server-error.ts';
import type { SyncEngine } from './sync-engine.ts';

export interface LedgerCheckOptions {
  queue: Pick<Queue, 'lastAnswered' | 'answersBeyond' | 'answeredBefore' | 'unanswer'>;
  sync: Pick<SyncEngine, 'position' | 'head'>;
  transport(): CommandTransport | null;
  /** The server answered a question. */
  onTaken(): void;
  /** The check has finished; `lost` commands are unanswered again. */
  onChecked(lost: number): void;
  /** The server or the disk failed; `retry` tries again. */
  onFailed(error: unknown): void;
}

/** Goes up with hello and with polls. */
export interface LedgerQuestion {
  /** The last answered command. */
  answered: string | null;
  /** Call with the server's answer, after its head is set. `known`: the ledger holds the command. */
  take(known: boolean): void;
}

export type LedgerCheck = ReturnType<typeof createLedgerCheck>;

/**
 * Rule C3: an answer is provisional, since a server may be restored from a backup. Asks which answered commands the
 * ledger holds, and marks the others unanswered. A server always knows a prefix of a display's commands, so the search
 * goes backwards, page by page, and ends at the first page with a known command.
 */
export function createLedgerCheck({ queue, sync, transport, onTaken, onChecked, onFailed }: LedgerCheckOptions) {
  let isDue = false;
  let isRunning = false;
  let closed = false;
  let failure: ServerError['reason'] | null = null;
  /** Counts the questions that the server has answered, and the batches whose answers are in the queue. */
  let questions = 0;
  let batches = 0;
  /** Answers that do not count, whatever the ledger holds. */
  const outdated = new Set<number>();

  async function findLost(up: CommandTransport): Promise<number[]> {
    const lost: number[] = [];
    let before = Number.MAX_SAFE_INTEGER;
    for (;;) {
      const page = queue.answeredBefore(before, MAX_KNOWN_IDS);
      if (page.length === 0) return lost;
      const known = new Set((await up.known(page.map(({ commandId }) => commandId))).known);
      const unknown = page.filter(({ commandId }) => !known.has(commandId));
      lost.push(...unknown.map(({ id }) => id));
      if (unknown.length < page.length) return lost;
      before = page.at(-1)?.id ?? 0;
    }
  }

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    let lost = 0;
    try {
      for (let up = transport(); isDue && up && !closed; up = transport()) {
        isDue = false;
        const ids = new Set([...(await findLost(up)), ...outdated]);
        if (closed) return;
        if (ids.size > 0) queue.unanswer([...ids]);
        outdated.clear();
        lost += ids.size;
      }
    } catch (error) {
      isDue = true;
      isRunning = false;
      failure = error instanceof ServerError ? error.reason : null;
      if (!closed) onFailed(error);
      return;
    }
    isRunning = false;
    failure = null;
    if (!isDue) onChecked(lost);
  }

  function check(ids: readonly number[] = []): void {
    for (const id of ids) outdated.add(id);
    isDue = true;
    void run();
  }
  /** Retries a failed check; does nothing when none is due. */
  function retry(): void {
    if (isDue) void run();
  }

  /** If the disk cannot be read, checks the whole ledger. */
  function lastAnswered(): string | null {
    try {
      return queue.lastAnswered();
    } catch (error) {
      onFailed(error);
      check();
      return null;
    }
  }

  return {
    /**
     * To be called when commands go up; call the result once their answers are in the queue. If the server was restored
     * meanwhile, they may be from before: what it says of its ledger after that says nothing of them.
     */
    sending(): () => void {
      const before = questions;
      return () => {
        batches++;
        if (questions !== before) check();
      };
    },
    /**
     * An answer beyond the head was given before a restore. The ledger may hold another one to the same command, since a
     * copy of this disk sends the same commands. Answers that arrive after the question prove nothing: the head may be older.
     */
    ask(): LedgerQuestion {
      const { epoch, cursor } = sync.position();
      const asked = new Set(queue.answersBeyond(epoch, cursor));
      const before = batches;
      return {
        answered: lastAnswered(),
        take(known) {
          questions++;
          const head = sync.head();
          const beyond = head ? queue.answersBeyond(head.epoch, head.seq).filter((id) => asked.has(id)) : [];
          if (!known || beyond.length > 0 || batches !== before) check(beyond);
          else retry();
          onTaken();
        },
      };
    },
    /** The ledger lacks a command that it should hold. */
    check: (): void => check(),
    retry,
    /** While true, nothing is sent: the check may still find a command that must go up before those waiting. */
    isDue: (): boolean => isDue || isRunning,
    /** Why the last try failed. */
    failure: (): ServerError['reason'] | null => failure,
    close(): void {
      closed = true;
    },
  };
}
