import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { createService } from './create-service.ts';
import { createServer } from './edge/create-server.ts';
import { startIntegrations } from './integrations.ts';
import { readSettings, SettingsError } from './settings.ts';

/** `npm run server`: only the companion server, configured by its environment. */

/** How long a proxy has to notice that this server ends and to go to another, ms; where there may be another. */
const DRAIN_MS = 1_000;
/** Closing is given up after this, ms. */
const CLOSE_WITHIN_MS = 8_000;

function stop(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function settingsOrStop() {
  try {
    return readSettings(process.env);
  } catch (error) {
    if (error instanceof SettingsError) stop(error.message);
    throw error;
  }
}

function whyNotListening(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `PORT ${port} is taken by another program: stop it, or set PORT to a free one.`;
  if (code === 'EACCES') return `PORT ${port} needs rights that this user does not have: set PORT to one above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST ${host} is not an address of this machine.`;
  return `The server cannot listen on ${host}:${port}: ${error instanceof Error ? error.message : error}`;
}

// Database, backups and logs hold customers' names; 0 on Windows, which has no such modes.
process.umask(0o077);
const settings = settingsOrStop();
const log = pino({ level: settings.logLevel, redact: ['token', '*.token', 'req.headers.authorization'] });
const service = await createService({
  databaseUrl: settings.databaseUrl,
  adminToken: settings.adminToken,
  privateTargets: settings.privateTargets,
  telegram: settings.telegram,
  log,
}).catch((error: Error) => stop(error.message));
const server = await createServer({ settings, service, log });
const started = startIntegrations({ service, server, settings, log });

async function close(): Promise<void> {
  const stopIntegrations = await started;
  server.drain();
  if (service.nodes !== null) await pause(DRAIN_MS);
  await stopIntegrations();
  await service.close();
}

let closing = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    // npm forwards a signal that its process group has already received, so a second one is ignored.
    if (closing) return;
    closing = true;
    log.info({ signal }, 'closing');
    setTimeout(() => process.exit(1), CLOSE_WITHIN_MS).unref();
    void close().then(
      () => process.exit(0),
      (error) => {
        log.error({ err: error }, 'closing failed');
        process.exit(1);
      },
    );
  });

await started.catch(async (error) => {
  await service.close();
  stop(whyNotListening(error, settings.host, settings.port));
});
