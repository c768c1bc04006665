import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { ESCALATION_KINDS } from '#contract/admin.ts';
import { OUTCOMES } from '#contract/command.ts';
import { DEVICE_ROLES } from '#contract/store.ts';
import { RESET_REASONS } from '#contract/sync.ts';
import { DAMAGE } from '../database/damage.ts';
import { INTAKE_TOPICS } from '../kafka/read-message.ts';
import { TELEGRAM_TRIES } from '../telegram/telegram.ts';
import { ENDINGS } from './sockets/feed/feed-connection.ts';

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * The metrics of this process for Prometheus; all names begin with `ticketrail_`. Those that must stay 0 exist from the
 * start, so that an alert can distinguish 0 from absent.
 */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'ticketrail_' });
  const named = <T extends string>(name: string, help: string, labelNames: readonly T[]) => ({
    name: `ticketrail_${name}`,
    help,
    labelNames,
    registers: [registry],
  });
  const counter = <T extends string>(name: string, help: string, labelNames: readonly T[] = []) =>
    new Counter<T>(named(name, help, labelNames));
  const gauge = <T extends string>(name: string, help: string, labelNames: readonly T[] = []) =>
    new Gauge<T>(named(name, help, labelNames));
  const histogram = <T extends string>(name: string, help: string, buckets: number[], labelNames: readonly T[] = []) =>
    new Histogram<T>({ ...named(name, help, labelNames), buckets });
  let readNow = (): void => {};

  const metrics = {
    http: histogram(
      'http_request_seconds',
      'How long HTTP requests took.',
      [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      ['method', 'route', 'status'],
    ),
    sockets: gauge('sockets', 'Connected sockets.', ['role']),
    feeds: gauge('feeds', 'Connected clients of the plain feed.', ['role']),
    feedEnds: counter('feed_ends_total', 'Clients of the plain feed that the server disconnected, by reason.', [
      'reason',
    ]),
    orders: counter('orders_total', 'Orders placed.'),
    autoAccepted: counter('orders_auto_accepted_total', 'Orders that the server accepted when they were placed.'),
    availability: counter('availability_changes_total', 'Changes of what stores take, ends of times included.'),
    commands: counter('commands_total', 'Answers to commands, repeats included.', ['outcome']),
    batches: counter('batches_total', 'Batches of changes encoded.'),
    batchesSent: counter('batches_sent_total', 'Batches of changes sent, one for each display.'),
    batchChanges: histogram('batch_changes', 'Changes in a batch.', [1, 2, 5, 10, 20, 50, 100, 200]),
    delivery: histogram(
      'delivery_seconds',
      'From a commit, or from the display’s hello if that was later, until the batch was on its disk.',
      [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 12, 30, 70],
    ),
    resets: counter('sync_resets_total', 'Displays that had to start over (S2), by reason.', ['reason']),
    divergences: counter('divergences_total', 'Displays that were up to date and had other orders (S6). Must stay 0.'),
    commits: counter('commits_total', 'Transactions: durable, or undone because the database failed.', ['outcome']),
    damage: counter('damaged_rows_total', 'Damaged rows found in the database, by what became of them. Must stay 0.', [
      'row',
      'outcome',
    ]),
    commitSeconds: histogram(
      'commit_seconds',
      'How long a transaction took, its fsync included.',
      [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
    ),
    groupSize: histogram('commit_writes', 'Writes that shared a transaction.', [1, 2, 5, 10, 20, 50, 100, 200]),
    writeQueue: gauge('write_queue', 'Writes waiting for their transaction.'),
    escalations: counter('escalations_total', 'Escalations raised, by kind.', ['kind']),
    openEscalations: gauge('escalations_open', 'Unresolved escalations, by kind.', ['kind']),
    webhookTries: counter('webhook_tries_total', 'Messages sent to webhooks, by outcome.', ['outcome']),
    webhooks: gauge('webhooks', 'Webhooks that are switched on, by whether their last try failed.', ['state']),
    sources: gauge('sources', 'Sources that are switched on, by kind and by whether they get their orders.', [
      'kind',
      'state',
    ]),
    sourceOrders: counter('source_orders_total', 'Orders of sources, taken (changes included) or refused.', [
      'kind',
      'outcome',
    ]),
    sourcePulls: counter('source_pulls_total', 'Pulls of sources, by outcome.', ['kind', 'outcome']),
    sourcePullAge: gauge('source_pull_age_seconds', 'The longest time since a source was pulled with success.', [
      'kind',
    ]),
    sourceWaiting: gauge('source_statuses_waiting', 'Statuses that are not said to sources yet.', ['kind']),
    kafkaAway: gauge('kafka_away', '1 while Kafka is set and does not answer.'),
    kafkaMessages: counter(
      'kafka_messages_total',
      'Messages from Kafka, by what became of them; changes that it did not take.',
      ['topic', 'outcome'],
    ),
    kafkaPublished: counter('kafka_published_total', 'Changes published to Kafka.'),
    kafkaWaiting: gauge('kafka_waiting_changes', 'Changes that are not published to Kafka yet.'),
    telegramAway: gauge('telegram_away', '1 while a bot is set and Telegram does not answer.'),
    telegramTries: counter('telegram_tries_total', 'Messages sent to Telegram or edited there, by outcome.', [
      'outcome',
    ]),
    prints: counter('prints_total', 'Papers sent to printers, by outcome.', ['outcome']),
    printers: gauge('printers', 'Printers, by whether the last try failed.', ['state']),
    nodes: gauge('nodes', 'Nodes that use the database, this one included.'),
    works: gauge('works', 'Kinds of work that one node does for all: 1 if this one does it now.', ['work']),
    redisAway: gauge('redis_away', '1 while Redis is set and does not answer.'),
    nodeMessages: counter('node_messages_total', 'Messages to and from other nodes, by what became of them.', [
      'outcome',
    ]),
    notifications: counter('notifications_total', 'Calls of notifiers, by outcome.', ['notifier', 'outcome']),
  };
  for (const role of ['admin', 'manager', 'display', 'customer']) metrics.sockets.set({ role }, 0);
  for (const role of ['admin', ...DEVICE_ROLES]) metrics.feeds.set({ role }, 0);
  for (const reason of ENDINGS) metrics.feedEnds.inc({ reason }, 0);
  for (const outcome of OUTCOMES) metrics.commands.inc({ outcome }, 0);
  for (const outcome of ['durable', 'undone']) metrics.commits.inc({ outcome }, 0);
  for (const [row, outcomes] of Object.entries(DAMAGE))
    for (const outcome of Object.keys(outcomes)) metrics.damage.inc({ row, outcome }, 0);
  for (const reason of RESET_REASONS) metrics.resets.inc({ reason }, 0);
  for (const outcome of ['delivered', 'failed', 'undeliverable']) metrics.webhookTries.inc({ outcome }, 0);
  for (const topic of INTAKE_TOPICS)
    for (const outcome of ['taken', 'refused']) metrics.kafkaMessages.inc({ topic, outcome }, 0);
  for (const outcome of TELEGRAM_TRIES) metrics.telegramTries.inc({ outcome }, 0);
  for (const outcome of ['printed', 'failed', 'given_up']) metrics.prints.inc({ outcome }, 0);
  metrics.nodes.set(1);
  for (const outcome of ['sent', 'lost', 'received', 'refused']) metrics.nodeMessages.inc({ outcome }, 0);
  metrics.kafkaMessages.inc({ topic: 'order.changed', outcome: 'refused' }, 0);
  for (const kind of ESCALATION_KINDS) metrics.escalations.inc({ kind }, 0);

  return {
    ...metrics,
    /** Sets the gauges that are read only when scraped. */
    readWhenAsked(read: () => void) {
      readNow = read;
    },
    contentType: registry.contentType,
    async text(): Promise<string> {
      readNow();
      return registry.metrics();
    },
  };
}
