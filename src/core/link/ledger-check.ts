import { MAX_KNOWN_IDS } from '#contract/command.ts';
import type { Queue } from '../queue/queue.ts';
import type { CommandTransport } from './command-transport.ts';
import { ServerError } from './server-error.ts';

export interface LedgerCheckOptions {
  queue: Pick<Queue, 'answeredBefore' | 'unanswer'>;
  transport(): CommandTransport | null;
  /** It has finished; `lost` commands are unanswered again. */
  onChecked(lost: number): void;
  /** The server or the disk failed; `retry` tries again. */
  onFailed(error: unknown): void;
}

export type LedgerCheck = ReturnType<typeof createLedgerCheck>;

/**
 * Rule C3: an answer is provisional, since a server may be put back to a backup. Asks which of our answered commands the
 * ledger holds, and makes the others unanswered. What a server knows of one display's commands is a prefix of them, so
 * the newest page with a known one is the last to be asked about.
 */
export function createLedgerCheck({ queue, transport, onChecked, onFailed }: LedgerCheckOptions) {
  let isDue = false;
  let isRunning = false;
  let closed = false;
  let failure: ServerError['reason'] | null = null;

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
        const ids = await findLost(up);
        if (closed) return;
        if (ids.length > 0) queue.unanswer(ids);
        lost += ids.length;
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

  return {
    /** The ledger does not hold something that it should. */
    check(): void {
      isDue = true;
      void run();
    },
    /** Tries again what has failed; does nothing when nothing is due. */
    retry(): void {
      if (isDue) void run();
    },
    /** Until it has finished, nothing is sent: what waits may have to go up behind a command that it will find. */
    isDue: (): boolean => isDue || isRunning,
    /** Why the server did not answer the last try. */
    failure: (): ServerError['reason'] | null => failure,
    close(): void {
      closed = true;
    },
  };
}
