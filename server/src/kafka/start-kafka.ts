import type { Server } from '../edge/create-server.ts';
import type { Service } from '../service.ts';
import type { Settings } from '../settings.ts';
import { createIntake } from './create-intake.ts';
import { createKafkajsBroker, type KafkajsOptions } from './kafkajs-broker.ts';
import { publishChanges } from './publish-changes.ts';
import { INTAKE_TOPICS } from './read-message.ts';

export interface KafkaParts {
  service: Pick<Service, 'orders' | 'log' | 'leases'>;
  server: Pick<Server, 'metrics' | 'peers'>;
  settings: Pick<Settings, 'kafka'>;
  log: { warn(details: object, message: string): void };
  /** As of {@link KafkajsOptions}. */
  sessionMs?: KafkajsOptions['sessionMs'];
}

/** Takes orders from Kafka and publishes changes there, if it is set. Never waits for the broker. */
export async function startKafka({
  service,
  server,
  settings,
  log,
  sessionMs,
}: KafkaParts): Promise<() => Promise<void>> {
  if (settings.kafka === null) return async () => {};
  const { brokers, prefix } = settings.kafka;
  const { metrics, peers } = server;
  const works = { consuming: false, publishing: true };
  const show = () => {
    const away = !works.consuming || !works.publishing;
    peers.set('kafka', away ? 'away' : 'here');
    metrics.kafkaAway.set(away ? 1 : 0);
  };
  show();
  const broker = await createKafkajsBroker({
    brokers,
    group: `${prefix}server`,
    onState(what, yes) {
      works[what] = yes;
      show();
    },
    log,
    ...(sessionMs && { sessionMs }),
  });
  broker.consume(
    INTAKE_TOPICS.map((topic) => `${prefix}${topic}`),
    createIntake({
      orders: service.orders,
      broker,
      prefix,
      onOrder({ accepted }) {
        metrics.orders.inc();
        if (accepted) metrics.autoAccepted.inc();
      },
      onMessage: (topic, outcome) => metrics.kafkaMessages.inc({ topic, outcome }),
      log,
    }),
  );
  const changes = publishChanges({
    broker,
    prefix,
    onPublished: (messages) => metrics.kafkaPublished.inc(messages),
    onRefused: () => metrics.kafkaMessages.inc({ topic: 'order.changed', outcome: 'refused' }),
    onBehind: (changes) => metrics.kafkaWaiting.set(changes),
    log,
  });
  // Kafka shares out what is to be taken; each change is published by one server.
  const stopFollowing = await service.leases.run('Kafka changes', (term) => service.log.followAll(changes, term));
  return async () => {
    await Promise.all([stopFollowing(), broker.close()]);
  };
}
