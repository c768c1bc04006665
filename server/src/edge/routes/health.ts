import { z } from 'zod';
import { ServiceError } from '../../service.ts';
import type { App } from '../app.ts';
import type { Edge } from '../edge.ts';

const Ok = z.object({ status: z.literal('ok') });

/** At the root, for those who watch over the process; never limited, and they say nothing secret. */
export function healthRoutes(app: App, { service }: Edge): void {
  app.get(
    '/health',
    {
      config: { audience: 'free' },
      schema: { tags: ['health'], summary: 'The process lives', response: { 200: Ok } },
    },
    async () => ({ status: 'ok' as const }),
  );
  app.get(
    '/ready',
    {
      config: { audience: 'free' },
      schema: { tags: ['health'], summary: 'The database answers', response: { 200: Ok } },
    },
    async () => {
      await service.ready().catch(() => {
        throw new ServiceError('unavailable', 'The database does not answer.');
      });
      return { status: 'ok' as const };
    },
  );
}
