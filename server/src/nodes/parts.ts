import type { DataService } from '../create-service.ts';
import type { Server } from '../edge/create-server.ts';
import type { Settings } from '../settings.ts';

/** What all of this folder works with. */
export interface NodesParts {
  service: Pick<DataService, 'hints' | 'identity' | 'nodes'>;
  server: Pick<Server, 'limit' | 'metrics' | 'peers'>;
  settings: Pick<Settings, 'redisUrl'>;
  log: { info(details: object, message: string): void; warn(details: object, message: string): void };
}
