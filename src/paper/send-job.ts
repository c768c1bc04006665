import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { PrinterTrouble, PrintOutcome } from '#contract/paper-ticket.ts';
import { createReplies, type Replies } from './replies.ts';

/** Of a connection, of an answer before the job, and of a printer that takes no more bytes, ms. */
export interface SendLimits {
  connectMs: number;
  answerMs: number;
  /** From the last byte until the printer says that it is done. */
  endMs: number;
  /** Of a whole job: an impact printer needs half a minute for a long ticket. */
  totalMs: number;
}
export const SEND_LIMITS: SendLimits = { connectMs: 5_000, answerMs: 2_000, endMs: 5_000, totalMs: 60_000 };

const ASK = (n: number) => Buffer.from([0x10, 0x04, n]);
/** Paper status, answered in the order of the data, so after the job. */
const ASK_END = Buffer.from([0x1d, 0x72, 0x01]);

const isState = (byte: number) => (byte & 0x93) === 0x12;
const isEnd = (byte: number) => (byte & 0x90) === 0;

/** Asks `DLE EOT` 1, 2 and 4. `silent`: no answer to the first. */
async function stateOf(
  socket: Socket,
  replies: Replies,
  answerMs: number,
): Promise<PrinterTrouble | 'fine' | 'silent'> {
  const answers: number[] = [];
  for (const n of [1, 2, 4]) {
    socket.write(ASK(n));
    const answer = await replies.next(isState, answerMs);
    if (answer === null && n === 1) return 'silent';
    answers.push(answer ?? 0x12);
  }
  const [state = 0, cause = 0, paper = 0] = answers;
  if (cause & 0x04) return 'cover_open';
  if (paper & 0x60 || cause & 0x20) return 'out_of_paper';
  return cause & 0x40 || state & 0x08 ? 'error' : 'fine';
}

/** Waits until the printer says that the job is done, or until it takes bytes and is well but says nothing of the end. */
async function confirm(socket: Socket, replies: Replies, limits: SendLimits): Promise<PrinterTrouble | 'fine'> {
  socket.write(ASK_END);
  const until = performance.now() + limits.endMs;
  while (true) {
    const end = await replies.next(isEnd, Math.min(1_000, limits.endMs / 5));
    if (end !== null) return end & 0x0c ? 'out_of_paper' : 'fine';
    const state = await stateOf(socket, replies, limits.answerMs);
    if (state === 'silent') return 'away';
    if (state !== 'fine' || performance.now() > until) return state;
  }
}

/**
 * Sends a job to a raw port (9100). A printer in trouble gets nothing of it. One that answers no question before the job
 * cannot confirm anything: its job is printed when it took every byte and closed the line without an error (ADR 49).
 * Does not throw.
 */
export async function sendJob(
  address: string,
  job: Buffer,
  { signal, limits = SEND_LIMITS }: { signal: AbortSignal; limits?: SendLimits },
): Promise<PrintOutcome> {
  const [, host = '', port] = /^\[?(.*?)\]?:(\d+)$/.exec(address) ?? [];
  const socket = connect({ host, port: Number(port) });
  let sent = false;
  const trouble = (what: PrinterTrouble): PrintOutcome => ({ kind: 'trouble', trouble: what, mayBePrinted: sent });

  async function run(): Promise<PrintOutcome> {
    await once(socket, 'connect', { signal: AbortSignal.timeout(limits.connectMs) });
    const replies = createReplies(socket);
    const before = await stateOf(socket, replies, limits.answerMs);
    if (socket.closed || socket.destroyed) return trouble('away');
    if (before !== 'fine' && before !== 'silent') return trouble(before);
    sent = true;
    await new Promise<void>((resolve, reject) => {
      socket.write(job, (error) => (error ? reject(error) : resolve()));
    });
    if (before === 'silent') {
      const closed = once(socket, 'close');
      socket.end();
      await closed;
      return { kind: 'printed' };
    }
    const after = await confirm(socket, replies, limits);
    return after === 'fine' ? { kind: 'printed' } : trouble(after);
  }

  const stop = new AbortController();
  const failed = new Promise<PrintOutcome>((resolve) => {
    const away = () => resolve(trouble('away'));
    socket.on('error', away);
    signal.addEventListener('abort', away, { once: true, signal: stop.signal });
    if (signal.aborted) away();
    delay(limits.totalMs, undefined, { signal: stop.signal }).then(away, () => undefined);
  });
  try {
    return await Promise.race([run().catch(() => trouble('away')), failed]);
  } finally {
    stop.abort();
    socket.destroy();
  }
}
