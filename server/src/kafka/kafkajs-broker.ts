import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, Producer } from 'kafkajs';
import { type Broker, type Incoming, type Outgoing, TooLargeForBroker } from './broker.ts';
import { createGuardedSocket } from './guarded-socket.ts';
import { loadKafkajs } from './load-kafkajs.ts';

/** Messages handled between two commits of the offset. */
const CHUNK = 50;
/** The pause before another try, ms, and the maximum up to which it doubles: shorter than the group's session. */
const RETRY_MS = 500;
const MAX_RETRY_MS = 4_000;
/** A broker that answers nothing for so long, ms, is away. While nothing happens, it answers twice a second. */
const SILENT_MS = 45_000;
/** How long a goodbye may take, ms: the group forgets a member that says none. */
const GOODBYE_MS = 2_000;

export interface KafkajsOptions {
  brokers: string[];
  group: string;
  /** ms after which the group gives the work of a silent member to others; at least six seconds for Kafka's defaults. */
  sessionMs?: number;
  /** Whether the broker answers, each time that this is known. */
  onState(what: 'consuming' | 'publishing', works: boolean): void;
  log: { warn(details: object, message: string): void };
}

/** Kafka by the package kafkajs, which no other part of the server knows. Does not wait for the broker. */
export async function createKafkajsBroker(options: KafkajsOptions): Promise<Broker> {
  const { brokers, group, sessionMs = 10_000, onState, log } = options;
  const kafkajs = await loadKafkajs();
  const kafka = new kafkajs.Kafka({
    clientId: 'ticketrail',
    brokers,
    socketFactory: createGuardedSocket,
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
        await within(SILENT_MS, made.connect(), closing.signal);
      }
      await within(SILENT_MS, producer.sendBatch({ acks: -1, topicMessages }), closing.signal);
      onState('publishing', true);
    } catch (error) {
      if (error instanceof kafkajs.KafkaJSProtocolError && TOO_LARGE.has(error.type))
        throw new TooLargeForBroker(error.message);
      onState('publishing', false);
      const broken = producer;
      producer = null;
      await goodbye(broken);
      throw error;
    }
  }

  async function keepConsuming(topics: readonly string[], handle: Parameters<Broker['consume']>[1]): Promise<void> {
    for (let failures = 0; !closing.signal.aborted; ) {
      const consumer = kafka.consumer({
        groupId: group,
        sessionTimeout: sessionMs,
        heartbeatInterval: sessionMs / 5,
        maxWaitTimeInMs: 500,
        allowAutoTopicCreation: true,
        retry: { initialRetryTime: 200, maxRetryTime: 1_000, retries: 3, restartOnFailure: async () => false },
      });
      const ended = Promise.withResolvers<unknown>();
      // Asked to wait, kafkajs waits as long as the broker likes, and says nothing.
      const silence = createSilenceWatch(SILENT_MS, () => ended.resolve(new Error('the broker answers nothing')));
      consumer.on(consumer.events.REQUEST, silence.heard);
      consumer.on(consumer.events.CRASH, ({ payload }) => ended.resolve(payload.error));
      // Not before it has read something: what it cannot unpack makes it join the group and fail, time after time.
      consumer.on(consumer.events.FETCH, () => {
        failures = 0;
        onState('consuming', true);
      });
      const begun = begin(consumer, topics, handle);
      try {
        const error = await Promise.race([begun.then(() => ended.promise), ended.promise, closed]);
        if (error) throw error;
      } catch (error) {
        onState('consuming', false);
        // Once, however long it lasts.
        if (!closing.signal.aborted && failures === 0)
          log.warn({ err: error }, 'Kafka cannot be read; it is tried again');
      }
      silence.stop();
      await goodbye(consumer);
      // It may have joined the group only now.
      void begun.catch(() => {}).then(() => goodbye(consumer));
      await pause(failures++);
    }
  }

  /** Resolves when it reads, which goes on until the consumer is disconnected. */
  async function begin(
    consumer: Consumer,
    topics: readonly string[],
    handle: Parameters<Broker['consume']>[1],
  ): Promise<void> {
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 4,
      eachBatch: (payload) => takeBatch(consumer, payload, handle),
    });
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
      await goodbye(producer);
      producer = null;
    },
  };
}

/** kafkajs waits for each answer, also for one that never comes. */
async function goodbye(client: Consumer | Producer | null): Promise<void> {
  await within(GOODBYE_MS, client?.disconnect() ?? Promise.resolve()).catch(() => {});
}

/** Rejects if it takes longer than so many ms, or than a goodbye from when `closing` aborts. */
async function within<T>(ms: number, work: Promise<T>, closing?: AbortSignal): Promise<T> {
  const late = Promise.withResolvers<never>();
  const giveUp = () => late.reject(new Error('Kafka did not answer in time'));
  let timer = setTimeout(giveUp, ms).unref();
  const hurry = () => {
    clearTimeout(timer);
    timer = setTimeout(giveUp, GOODBYE_MS).unref();
  };
  if (closing?.aborted) hurry();
  closing?.addEventListener('abort', hurry, { once: true });
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
    closing?.removeEventListener('abort', hurry);
  }
}

/** Calls back once when nothing is heard for so many ms. */
function createSilenceWatch(ms: number, onSilence: () => void): { heard(): void; stop(): void } {
  const timer = setTimeout(onSilence, ms).unref();
  return { heard: () => void timer.refresh(), stop: () => clearTimeout(timer) };
}

const TOO_LARGE: ReadonlySet<string> = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE']);
