import type { Api } from 'grammy';

/** Seconds that a call may take. */
const CALL_S = 10;
/** Seconds for which Telegram holds `getUpdates` open. */
export const POLL_S = 25;

export interface BotApi {
  /** Sends and edits. */
  calls: Api;
  polls: Api;
}

/** Loads grammY, which a server without a bot does not need. */
export async function createBotApi(token: string, apiRoot: string): Promise<BotApi> {
  const { Api } = await import('grammy');
  // Without an agent each call has its own connection: one that was kept open may end while a message is sent, and
  // then nobody knows whether it was.
  const baseFetchConfig = { agent: undefined };
  return {
    calls: new Api(token, { apiRoot, timeoutSeconds: CALL_S, baseFetchConfig }),
    polls: new Api(token, { apiRoot, timeoutSeconds: POLL_S + CALL_S, baseFetchConfig }),
  };
}

/** What a failed call means. */
export type Failure =
  /** Not done; to be tried again after that time, ms, or after a growing pause. */
  | { kind: 'retry'; afterMs: number | null }
  /** The message shows this already. */
  | { kind: 'unchanged' }
  /** The chat does not want messages of the bot. */
  | { kind: 'blocked' }
  /** A group has become a supergroup. */
  | { kind: 'moved'; chatId: string }
  /** Telegram does not know the bot's token. */
  | { kind: 'token' }
  | { kind: 'refused' }
  /** It may have been done. */
  | { kind: 'unknown' };

/** The connection was never made. */
const NOT_REACHED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** @param error as thrown by grammY: a `GrammyError` for an answer, an `HttpError` for none */
export function failureOf(error: unknown): Failure {
  if (typeof error !== 'object' || error === null) return { kind: 'unknown' };
  if ('error_code' in error) return failureOfAnswer(error as Partial<Answer>);
  const cause = 'error' in error ? (error.error as { code?: string; type?: string } | null) : null;
  // A gateway's page of an error instead of Telegram's JSON.
  if (cause?.type === 'invalid-json' || NOT_REACHED.includes(cause?.code ?? ''))
    return { kind: 'retry', afterMs: null };
  return { kind: 'unknown' };
}

interface Answer {
  error_code: number;
  description: string;
  parameters: { retry_after?: number; migrate_to_chat_id?: number };
}

function failureOfAnswer({ error_code: code, description, parameters }: Partial<Answer>): Failure {
  const { retry_after: seconds, migrate_to_chat_id: moved } = parameters ?? {};
  if (moved !== undefined) return { kind: 'moved', chatId: String(moved) };
  if (code === 429) return { kind: 'retry', afterMs: seconds === undefined ? null : Number(seconds) * 1000 };
  if (code === 401 || code === 404) return { kind: 'token' };
  if (code === 403) return { kind: 'blocked' };
  if (code !== 400) return { kind: 'retry', afterMs: null };
  return { kind: /not modified/.test(String(description)) ? 'unchanged' : 'refused' };
}
