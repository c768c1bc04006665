import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { DeviceRole } from '#contract/store.ts';
import { createService } from '#server/create-service.ts';
import { createServer, type Server } from '#server/edge/create-server.ts';
import { startIntegrations } from '#server/integrations.ts';
import type { Service } from '#server/service.ts';
import { readSettings } from '#server/settings.ts';
import { type AskServer, createAskServer } from './ask-server.ts';
import { databaseOf, dropDatabaseOf } from './database-of.ts';

export const ADMIN_TOKEN = 'test-admin-token-0123456789abcdef';

export interface TestStore {
  id: string;
  display: { deviceId: string; token: string };
  display2: { deviceId: string; token: string };
  integration: { deviceId: string; token: string };
}

/** The real server on a free port, over a real database in a temporary folder. */
export interface TestServer {
  url: string;
  dir: string;
  server: Server;
  service: Service;
  api: AskServer;
  /** A store with two displays and an integration. */
  makeStore(timeZone?: string): Promise<TestStore>;
  addDevice(storeId: string, role: DeviceRole, name?: string): Promise<{ deviceId: string; token: string }>;
  /** Ends the server and keeps its folder. Harmless to call twice. */
  stop(): Promise<void>;
  /** Ends everything and removes the folder, unless it was given. */
  close(): Promise<void>;
}

/**
 * @param environment settings that differ from the defaults; limits are off unless RATE_LIMIT is given
 * @param dir the database's folder; start there again to simulate a restart
 * @param elapsed the server's monotonic clock, ms
 */
export async function startServer(
  environment: Record<string, string> = {},
  dir?: string,
  elapsed = () => performance.now(),
): Promise<TestServer> {
  const folder = dir ?? mkdtempSync(join(tmpdir(), 'ticketrail-server-'));
  const settings = readSettings({
    PORT: '0',
    DATABASE_URL: await databaseOf(folder),
    ADMIN_TOKEN,
    LOG_LEVEL: 'silent',
    RATE_LIMIT: '0',
    ...environment,
  });
  const log = pino({ level: settings.logLevel });
  const service = await createService({
    databaseUrl: settings.databaseUrl,
    adminToken: settings.adminToken,
    privateTargets: settings.privateTargets,
    telegram: settings.telegram,
    log,
    elapsed,
  });
  const server = await createServer({ settings, service, log });
  const stopIntegrations = await startIntegrations({ service, server, settings, log });
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= stopIntegrations().then(() => service.close());
    return stopped;
  };
  const url = server.url();
  const api = createAskServer(url, ADMIN_TOKEN);

  const addDevice: TestServer['addDevice'] = async (storeId, role, name = role) => {
    const made = await api('POST', `/stores/${storeId}/devices`, { body: { name, role } });
    if (made.status !== 201) throw new Error(`no device: ${made.text}`);
    return made.json;
  };
  return {
    url,
    dir: folder,
    server,
    service,
    api,
    addDevice,
    async makeStore(timeZone = 'Asia/Tbilisi') {
      const id = `s${randomUUID().slice(0, 8)}`;
      const made = await api('POST', '/stores', { body: { id, name: `Store ${id}`, currency: 'GEL', timeZone } });
      if (made.status !== 201) throw new Error(`no store: ${made.text}`);
      return {
        id,
        display: await addDevice(id, 'display', 'Kitchen'),
        display2: await addDevice(id, 'display', 'Counter'),
        integration: await addDevice(id, 'integration', 'Web shop'),
      };
    },
    stop,
    async close() {
      await stop();
      if (dir !== undefined) return;
      await dropDatabaseOf(folder);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
