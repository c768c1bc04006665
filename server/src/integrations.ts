import type { Logger } from 'pino';
import type { DataService } from './create-service.ts';
import { countService } from './edge/count-service.ts';
import type { Server } from './edge/create-server.ts';
import { startKafka } from './kafka/start-kafka.ts';
import type { Term } from './leases/term.ts';
import { startNodes } from './nodes/start-nodes.ts';
import type { Settings } from './settings.ts';
import { every } from './time/every.ts';

const CLEAN_EVERY_MS = 3_600_000;
const ESCALATE_EVERY_MS = 1_000;
const AVAILABILITY_EVERY_MS = 1_000;
const WEBHOOKS_EVERY_MS = 1_000;
const SOURCES_EVERY_MS = 1_000;
const PRINTERS_EVERY_MS = 1_000;

/** The arguments of every integration. */
export interface Running {
  service: DataService;
  server: Server;
  settings: Settings;
  log: Logger;
}

export type Stop = () => void | Promise<void>;

/** Something that runs beside the service, in a separate folder; the rest works without it. */
export type Integration =
  | {
      name: string;
      start(running: Running): Stop | Promise<Stop>;
    }
  /** One that runs on one server of a database at a time (ADR 63). The servers know it by its name: it stays the same. */
  | {
      name: string;
      startAlone(running: Running, term: Term): Stop | Promise<Stop>;
    };

/** Everything that starts after the service, in order. Stopped in reverse order, so the port closes first. */
export const INTEGRATIONS: readonly Integration[] = [
  {
    name: 'retention',
    startAlone: ({ service, log }, term) =>
      every(
        CLEAN_EVERY_MS,
        async () => log.info(await service.clean(term), 'deleted what is past its time'),
        (error) => log.warn({ err: error }, 'deleting old data failed; it is tried again'),
      ),
  },
  {
    name: 'escalations',
    startAlone({ service, log }, term) {
      const end = service.monitorOrders(term);
      const stopLooking = every(ESCALATE_EVERY_MS, service.escalate, (error) =>
        log.warn({ err: error }, 'escalations could not be written; it is tried again'),
      );
      return () => {
        stopLooking();
        return end();
      };
    },
  },
  {
    name: 'check of all rows',
    startAlone({ service, log }) {
      const stop = new AbortController();
      const ended = service
        .checkRows(stop.signal)
        .catch((error) => log.warn({ err: error }, 'the check of all rows failed; the next start repeats it'));
      return () => {
        stop.abort();
        return ended;
      };
    },
  },
  {
    name: 'availability',
    start({ service, log }) {
      const onFailure = (error: unknown) =>
        log.warn({ err: error }, 'what the stores take could not be read; it is tried again');
      service.lookAtAvailability().catch(onFailure);
      return every(AVAILABILITY_EVERY_MS, service.lookAtAvailability, onFailure);
    },
  },
  {
    name: 'webhooks',
    startAlone({ service, log }, term) {
      const onFailure = (error: unknown) => log.warn({ err: error }, 'webhooks could not be read; it is tried again');
      const end = service.deliverWebhooks(term);
      service.lookAtWebhooks().catch(onFailure);
      const stopLooking = every(WEBHOOKS_EVERY_MS, service.lookAtWebhooks, onFailure);
      return () => {
        stopLooking();
        return end();
      };
    },
  },
  {
    name: 'sources',
    startAlone({ service, log }, term) {
      const onFailure = (error: unknown) => log.warn({ err: error }, 'sources could not be read; it is tried again');
      const end = service.runSources(term);
      service.lookAtSources().catch(onFailure);
      const stopLooking = every(SOURCES_EVERY_MS, service.lookAtSources, onFailure);
      return () => {
        stopLooking();
        return end();
      };
    },
  },
  {
    name: 'printers',
    async startAlone({ service, log }, term) {
      const onFailure = (error: unknown) => log.warn({ err: error }, 'printers could not be read; it is tried again');
      const end = await service.startPrinters(term);
      service.lookAtPrinters().catch(onFailure);
      const stopLooking = every(PRINTERS_EVERY_MS, service.lookAtPrinters, onFailure);
      return () => {
        stopLooking();
        return end();
      };
    },
  },
  { name: 'metrics', start: ({ service, server }) => countService(service, server.metrics) },
  {
    name: 'Telegram',
    startAlone({ service, server }, term) {
      // It ends with the term.
      service.telegram.onState((state) => server.peers.set('telegram', state));
      return service.runTelegram(term);
    },
  },
  { name: 'other nodes', start: startNodes },
  { name: 'Kafka', start: startKafka },
  { name: 'HTTP and sockets', start: ({ server }) => server.listen() },
];

/**
 * Starts them one after the other. When one fails, stops those before it and throws its error.
 *
 * @returns stops all of them; idempotent
 */
export async function startIntegrations(
  running: Running,
  integrations: readonly Integration[] = INTEGRATIONS,
): Promise<() => Promise<void>> {
  const stops: { name: string; stop: Stop }[] = [];
  let stopped: Promise<void> | undefined;

  async function stopAll(): Promise<void> {
    for (const { name, stop } of stops.reverse()) {
      try {
        await stop();
      } catch (error) {
        running.log.error({ err: error, name }, 'an integration did not stop');
      }
    }
  }

  for (const one of integrations) {
    try {
      const stop = await ('start' in one
        ? one.start(running)
        : running.service.leases.run(one.name, (term) => one.startAlone(running, term)));
      stops.push({ name: one.name, stop });
    } catch (error) {
      await stopAll();
      throw error;
    }
  }
  return () => (stopped ??= stopAll());
}
