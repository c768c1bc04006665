import { createService } from '../create-service.ts';
import { INTEGRATIONS, type Running, startIntegrations } from '../integrations.ts';

/** A server without a port that does the work of its database beside others. What it warns of goes to stderr. */
export async function workBeside(databaseUrl: string, leaseMs: number, apiRoot: string) {
  const warn = (_: object, message: string) => void process.stderr.write(`${message}\n`);
  const log = { info: () => {}, warn, error: warn };
  const telegram = { token: '1:x', apiRoot };
  const service = await createService({ databaseUrl, adminToken: null, privateTargets: true, telegram, log, leaseMs });
  const running = { service, log, server: { peers: { set() {} } } } as unknown as Running;
  const stop = await startIntegrations(
    running,
    INTEGRATIONS.filter((one) => 'startAlone' in one),
  );
  return {
    service,
    async close() {
      await stop();
      await service.close();
    },
  };
}
