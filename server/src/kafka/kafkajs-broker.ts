import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, Producer } from 'kafkajs';
import { type Broker, type Incoming, type Outgoing, TooLargeForBroker } from './broker.ts';
import { loadKafkajs } from './load-kafkajs.ts';

/** Messages handled between two commits of the offset. */
const CHUNK = 50;
/** The pause before another try, ms, and the maximum up to which it doubles: shorter than the group's session. */
const RETRY_MS = 500;
const MAX_RETRY_MS = 4_000;

export interface KafkajsOptions {
  brokers: string[];
  group: string;
  /** Whether the broker answers, each time that this is known. */
  onState(what: 'consuming' | 'publishing', works: boolean): void;
  log: { warn(details: object, message: string): void };
}

/** Kafka by the package kafkajs, which no other part of the server knows. Does not wait for the broker. */
export async function createKafkajsBroker({ brokers, group, onState, log }: KafkajsOptions): Promise<Broker> {
  const kafkajs = await loadKafkajs();
  const kafka = new kafkajs.Kafka({
    clientId: 'ticketrail',
    brokers,
    connectionTimeout: 3_000,
    requestTimeout: 15_000,
    retry: { initialRetryTime: 200, maxRetryTime: 1_000, retries: 3 },
    // It would write to the standard output; what matters is in the errors.
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const closing = new AbortController();
  const closed = new Promise<null>((resolve) =>
    closing.signal.addEventListener('abort', () => resolve(null), { once: true }),
  );
  const consumers: Promise<void>[] = [];
  let producer: Producer | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  async function send(messages: readonly Outgoing[]): Promise<void> {
    closing.signal.throwIfAborted();
    const topicMessages = [...Map.groupBy(messages, ({ topic }) => topic)].map(([topic, ofTopic]) => ({
      topic,
      messages: ofTopic.map(({ key, value, headers }) => ({ key, value, headers })),
    }));
    try {
      if (!producer) {
        const made = kafka.producer({
          maxInFlightRequests: 1,
          createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
        });
        producer = made;
        await made.connect();
      }
      await producer.sendBatch({ acks: -1, topicMessages });
      onState('publishing', true);
    } catch (error) {
      if (error instanceof kafkajs.KafkaJSProtocolError && TOO_LARGE.has(error.type))
        throw new TooLargeForBroker(error.message);
      onState('publishing', false);
      const broken = producer;
      producer = null;
      await broken?.disconnect().catch(() => {});
      throw error;
    }
  }

  async function keepConsuming(topics: readonly string[], handle: Parameters<Broker['consume']>[1]): Promise<void> {
    for (let failures = 0; !closing.signal.aborted; ) {
      const consumer = kafka.consumer({
        groupId: group,
        sessionTimeout: 10_000,
        heartbeatInterval: 2_000,
        maxWaitTimeInMs: 500,
        allowAutoTopicCreation: true,
        retry: { initialRetryTime: 200, maxRetryTime: 1_000, retries: 3, restartOnFailure: async () => false },
      });
      const ended = Promise.withResolvers<unknown>();
      consumer.on(consumer.events.CRASH, ({ payload }) => ended.resolve(payload.error));
      consumer.on(consumer.events.GROUP_JOIN, () => {
        failures = 0;
        onState('consuming', true);
      });
      try {
        await consumer.connect();
        await consumer.subscribe({ topics: [...topics], fromBeginning: true });
        await consumer.run({
          autoCommit: false,
          eachBatchAutoResolve: false,
          partitionsConsumedConcurrently: 4,
          eachBatch: (payload) => takeBatch(consumer, payload, handle),
        });
        const error = await Promise.race([ended.promise, closed]);
        if (error) throw error;
      } catch (error) {
        onState('consuming', false);
        if (!closing.signal.aborted) log.warn({ err: error }, 'Kafka cannot be read; it is tried again');
      }
      await consumer.disconnect().catch(() => {});
      await pause(failures++);
    }
  }

  async function takeBatch(
    consumer: Consumer,
    { batch, heartbeat, resolveOffset, isRunning, isStale }: EachBatchPayload,
    handle: Parameters<Broker['consume']>[1],
  ): Promise<void> {
    const { topic, partition } = batch;
    const goesOn = () => isRunning() && !isStale() && !closing.signal.aborted;
    const incoming = batch.messages.map(
      ({ offset, timestamp, key, value }): Incoming => ({ topic, partition, offset, timestamp, key, value }),
    );
    for (let from = 0; from < incoming.length; from += CHUNK) {
      const chunk = incoming.slice(from, from + CHUNK);
      for (let failures = 0, done = false; !done; failures++) {
        if (!goesOn()) return;
        try {
          await handle(chunk);
          done = true;
        } catch (error) {
          log.warn({ err: error, topic, partition }, 'messages from Kafka could not be handled; they are tried again');
          await pause(failures);
          await heartbeat();
        }
      }
      const last = chunk.at(-1)?.offset ?? '0';
      resolveOffset(last);
      await consumer.commitOffsets([{ topic, partition, offset: String(BigInt(last) + 1n) }]);
      await heartbeat();
    }
  }

  const pause = (failures: number) =>
    sleep(Math.min(RETRY_MS * 2 ** failures, MAX_RETRY_MS), undefined, { signal: closing.signal, ref: false }).catch(
      () => {},
    );

  return {
    publish(messages) {
      const sent = turn.then(() => send(messages));
      turn = sent.catch(() => {});
      return sent;
    },
    consume: (topics, handle) => void consumers.push(keepConsuming(topics, handle)),
    async close() {
      closing.abort(new Error('the server is closing'));
      await Promise.all([...consumers, turn]);
      await producer?.disconnect().catch(() => {});
      producer = null;
    },
  };
}

const TOO_LARGE: ReadonlySet<string> = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE']);
