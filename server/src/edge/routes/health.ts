import { z } from 'zod';
import { DatabaseUnavailable } from '../../database/database-unavailable.ts';
import { ServiceError } from '../../service-error.ts';
import { type App, route } from '../app.ts';
import type { Edge } from '../edge.ts';

const Ok = z.object({ status: z.literal('ok') });
const Ready = Ok.extend({ away: z.array(z.string()).optional() });

/** At the root, for monitoring; never limited, and without secrets. */
export function healthRoutes(app: App, { service, peers, draining }: Edge): void {
  app.get('/health', route('free', 'health', 'The process is alive', { response: { 200: Ok } }), async () => ({
    status: 'ok' as const,
  }));
  app.get(
    '/ready',
    route('free', 'health', 'The database answers; names what else is away', { response: { 200: Ready } }),
    async () => {
      if (draining.hasBegun()) throw new ServiceError('unavailable', 'This server is about to end.');
      await service.ready().catch((error) => {
        if (error instanceof DatabaseUnavailable) throw error;
        throw new ServiceError('unavailable', 'The database does not answer.');
      });
      const away = peers.away();
      return { status: 'ok' as const, ...(away.length > 0 && { away }) };
    },
  );
}
