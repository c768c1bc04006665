import { type Command, CommandAnswer, KnownAnswer } from '#contract/command.ts';
import { ERROR_CODES, ERROR_STATUS } from '#contract/errors.ts';
import type { Clock, Socket } from '../ports.ts';
import type { Schema } from './server-api.ts';
import { reasonOf, ServerError } from './server-error.ts';
import { limited } from './time-limit.ts';

/** Time limit for an answer over a socket, ms. */
const ANSWER_MS = 10_000;

/** Carries commands to the server, over socket or HTTP (L2). Its calls throw only {@link ServerError}. */
export interface CommandTransport {
  commands(commands: Command[]): Promise<CommandAnswer>;
  /** Which of these the server's ledger holds (C3). */
  known(ids: string[]): Promise<KnownAnswer>;
}

export function socketTransport(clock: Clock, request: Socket['request']): CommandTransport {
  async function ask<T>(event: 'commands' | 'known', payload: unknown, schema: Schema<T>): Promise<T> {
    const raw = await limited(clock, ANSWER_MS, request(event, payload)).catch((error: Error) => {
      throw new ServerError('server_away', error.message);
    });
    const answer = schema.safeParse(raw);
    if (answer.success) return answer.data;
    const { code, message = 'the answer does not follow the contract' } =
      (raw as { error?: { code?: string; message?: string } } | null)?.error ?? {};
    const known = ERROR_CODES.find((one) => one === code);
    throw new ServerError(reasonOf(code), message, known ? ERROR_STATUS[known] : null);
  }
  return {
    commands: (commands) => ask('commands', { commands }, CommandAnswer),
    known: (ids) => ask('known', { ids }, KnownAnswer),
  };
}
