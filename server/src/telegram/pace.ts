import { setTimeout as pause } from 'node:timers/promises';

/** Telegram's limits: 30 messages a second in all, one a second in a chat, 20 a minute in a group. */
const ALL_MS = 35;
const CHAT_MS = 1_000;
const GROUP_MESSAGES = 20;
const GROUP_MS = 60_000;

export interface Pace {
  /** Resolves when a message may go to the chat; calls for one chat come one after the other. */
  turn(chatId: string, signal: AbortSignal): Promise<void>;
}

export function createPace(): Pace {
  const sent = new Map<string, number[]>();
  let nextOfAll = 0;
  return {
    async turn(chatId, signal) {
      const wait = (until: number) => pause(Math.max(0, until - performance.now()), undefined, { signal, ref: false });
      const now = performance.now();
      const recent = (sent.get(chatId) ?? []).filter((at) => now - at < GROUP_MS);
      const last = recent.at(-1);
      // A group's id is negative.
      const oldest = chatId.startsWith('-') && recent.length >= GROUP_MESSAGES ? recent.at(-GROUP_MESSAGES) : undefined;
      await wait(Math.max(last === undefined ? 0 : last + CHAT_MS, oldest === undefined ? 0 : oldest + GROUP_MS));
      nextOfAll = Math.max(nextOfAll + ALL_MS, performance.now());
      await wait(nextOfAll);
      sent.set(chatId, [...recent, performance.now()]);
    },
  };
}
