import { CaughtJobs, TryLayout } from '#contract/caught-job.ts';
import { type App, route } from '../app.ts';
import type { Edge } from '../edge.ts';
import { callerOf } from '../identity.ts';
import { RIGHTS } from '../rights.ts';
import { StoreParams } from './stores.ts';

const TAG = 'sources';

/** What tills printed, and what rules make of it (ADR 46). */
export function caughtJobRoutes(app: App, edge: Edge): void {
  app.get(
    '/sources/:id/jobs',
    route(RIGHTS.manageStore, TAG, 'What a till printed, beside the orders made of it, newest first', {
      description: 'The newest 20 of a source of the kind `print`.',
      params: StoreParams,
      response: { 200: CaughtJobs },
    }),
    async (request) => ({ jobs: await edge.service.caughtJobs.list(request.params.id, callerOf(request).storeId) }),
  );

  app.post(
    '/sources/:id/try',
    route(RIGHTS.manageStore, TAG, 'Try other rules on what a till printed', {
      description: 'Changes nothing. `job` is the id of one; without it, all that are shown.',
      params: StoreParams,
      body: TryLayout,
      response: { 200: CaughtJobs },
    }),
    async (request) => {
      const { storeId } = callerOf(request);
      return { jobs: await edge.service.caughtJobs.tryLayout(request.params.id, request.body, storeId) };
    },
  );
}
