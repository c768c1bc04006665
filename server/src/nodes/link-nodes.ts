import { createHash, randomUUID } from 'node:crypto';
import { isOfToken } from '../edge/identify.ts';
import { createOutbox } from './create-outbox.ts';
import { readMessage, writeMessage } from './node-message.ts';
import type { NodesParts } from './parts.ts';
import { openRedisChannel } from './redis-channel.ts';

export interface NodeLink {
  /** What the database says of displays has changed. */
  tellDisplays(): void;
  /** Says so once more: the displays here are gone. */
  close(): Promise<void>;
}

/**
 * Carries hints and counted requests to the other nodes and back, through Redis, if it is set. Nothing waits for Redis, and
 * nothing is stored there: without it nodes find what is new by looking once a second, and count requests for themselves.
 */
export async function linkNodes({ service, server, settings, log }: NodesParts): Promise<NodeLink> {
  if (settings.redisUrl === null) return { tellDisplays() {}, async close() {} };
  const { hints, nodes } = service;
  const { limit, metrics, peers } = server;
  /** While a hint of another node is passed on here: that one is not sent back. */
  let isPassingOn = false;

  function onMessage(text: string): void {
    const message = readMessage(text);
    metrics.nodeMessages.inc({ outcome: message ? 'received' : 'refused' });
    if (!message) return;
    for (const [key, count] of message.taken) if (isOfToken(key)) limit.addTaken(key, count);
    if (message.displays) nodes?.heard();
    isPassingOn = true;
    for (const hint of message.hints) hints.say(hint);
    isPassingOn = false;
  }

  peers.set('redis', 'away');
  metrics.redisAway.set(1);
  const channel = await openRedisChannel({
    url: settings.redisUrl,
    // Installations may share one Redis, which need not know what their databases are called.
    name: `ticketrail:${createHash('sha256').update(service.identity).digest('hex').slice(0, 16)}`,
    nodeId: randomUUID(),
    onMessage,
    onState(state, why) {
      peers.set('redis', state);
      metrics.redisAway.set(state === 'away' ? 1 : 0);
      if (state === 'here') log.info({}, 'Redis answers; nodes hear of changes at once');
      else log.warn({ why }, 'Redis does not answer; nodes look for changes once a second');
    },
  });
  const outbox = createOutbox(async (message) => {
    const isSent = await channel.publish(writeMessage(message));
    metrics.nodeMessages.inc({ outcome: isSent ? 'sent' : 'lost' });
  });
  const undo = [
    hints.onHint((hint) => {
      if (!isPassingOn && hint.kind !== 'presence') outbox.hint(hint);
    }),
    limit.onTake((key, count) => {
      if (isOfToken(key)) outbox.taken(key, count);
    }),
  ];
  return {
    tellDisplays: outbox.displays,
    async close() {
      for (const stop of undo) stop();
      await channel.publish(writeMessage({ hints: [], displays: true, taken: [] }));
      channel.close();
    },
  };
}
