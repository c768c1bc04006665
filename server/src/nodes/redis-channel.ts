import type { Redis, RedisOptions } from 'ioredis';
import { every } from '../time/every.ts';

/** How long Redis may take for an answer, and how often this node sends itself a message, ms. */
const PACE_MS = 1_000;
/** How many such times a message to itself may take before Redis counts as away. */
const AWAY_AFTER = 3;
const CONNECT_MS = 2_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;
/** Longest message that is looked at, characters. */
const LONGEST = 256 * 1024;

/** A channel of Redis to all nodes. What is published while Redis is away is lost. */
export interface RedisChannel {
  /** Whether Redis took it, soon. Never rejects. */
  publish(text: string): Promise<boolean>;
  close(): void;
}

export interface RedisChannelOptions {
  /** `redis://…` or `rediss://…`. */
  url: string;
  name: string;
  /** This node, a word. */
  nodeId: string;
  /** A message of another node, unchecked. */
  onMessage(text: string): void;
  /** Called when it is known and when it changes; with why it is away, without secrets. */
  onState(state: 'here' | 'away', why: string): void;
  /** Shorter in tests. */
  paceMs?: number;
}

/**
 * Sends and receives on one channel of Redis, by two connections, since one that subscribes cannot publish. Redis is `here` while
 * messages to this node itself come back: that fails however Redis fails, also if it answers and delivers nothing.
 */
export async function openRedisChannel(options: RedisChannelOptions): Promise<RedisChannel> {
  const { url, name, nodeId, onMessage, onState, paceMs = PACE_MS } = options;
  const { Redis } = await import('ioredis');
  const settings = {
    // The oldest protocol, which every version of Redis and what replaces it understands.
    protocol: 2,
    connectTimeout: CONNECT_MS,
    commandTimeout: paceMs,
    keepAlive: 5_000,
    enableOfflineQueue: false,
    enableReadyCheck: false,
    disableClientInfo: true,
    autoResubscribe: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (times: number) =>
      Math.min(FIRST_PAUSE_MS * 2 ** times, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2),
  } satisfies RedisOptions;
  const publisher = new Redis(url, settings);
  const subscriber = new Redis(url, settings);
  const clients: Redis[] = [publisher, subscriber];
  let state: 'here' | 'away' | null = null;
  let why = 'it does not answer';
  let lastEcho = performance.now();
  let isClosed = false;

  function setState(next: 'here' | 'away'): void {
    if (next === state || isClosed) return;
    state = next;
    onState(state, why);
  }

  async function publish(text: string): Promise<boolean> {
    if (publisher.status !== 'ready') return false;
    try {
      await publisher.publish(name, `${nodeId} ${text}`);
      return true;
    } catch (error) {
      why = reasonOf(error);
      return false;
    }
  }

  async function echo(): Promise<void> {
    if (performance.now() - lastEcho > AWAY_AFTER * paceMs) {
      setState('away');
      lastEcho = performance.now();
      // A connection may look well and be dead.
      for (const client of clients) if (client.status === 'ready') client.disconnect(true);
    }
    if (await publish('')) why = 'it takes messages and does not deliver them';
  }

  for (const client of clients)
    client.on('error', (error) => {
      why = reasonOf(error);
    });
  subscriber.on('ready', () => {
    subscriber.subscribe(name).then(echo, (error) => {
      why = reasonOf(error);
    });
  });
  subscriber.on('message', (_channel: string, message: string) => {
    const end = message.indexOf(' ');
    if (message.slice(0, end) === nodeId) {
      lastEcho = performance.now();
      setState('here');
    } else if (message.length > end + 1 && message.length <= LONGEST) onMessage(message.slice(end + 1));
  });
  const stop = every(paceMs, echo, () => {});
  return {
    publish,
    close() {
      isClosed = true;
      stop();
      for (const client of clients) client.disconnect();
    },
  };
}

/** Only its words: the error itself names the command with its arguments, such as a password. */
function reasonOf(error: unknown): string {
  const { message = '', code = '' } = error as { message?: string; code?: string };
  return message || code || String(error);
}
