import { z } from 'zod';
import { CommandAnswer, CommandBatch, KnownAnswer, KnownQuery } from '#contract/command.ts';
import { StoreId } from '#contract/field-types.ts';
import { SNAPSHOT_REASON_HEADER, Snapshot, SyncAnswer } from '#contract/sync.ts';
import { type App, route } from '../app.ts';
import type { Edge } from '../edge.ts';
import { callerOf, countCommands, displayOf, storeOf } from '../identity.ts';
import { isKnown } from '../is-known.ts';
import { RIGHTS } from '../rights.ts';
import { sendSnapshot } from '../send-snapshot.ts';
import { queryNumber } from '../zod-schemas.ts';

const SyncQuery = z.strictObject({
  storeId: StoreId.optional(),
  epoch: z.string().max(128).optional().meta({ description: 'Empty the first time.' }),
  cursor: queryNumber(0, Number.MAX_SAFE_INTEGER).default(0),
  hash: z.string().max(128).optional().meta({ description: 'Left out at cursor 0.' }),
  limit: queryNumber(1, 500).default(200),
  answered: z.uuid().optional().meta({ description: 'The last of its commands that was answered.' }),
});
/** An answer may be longer than a socket message, but bounded. */
const ANSWER_BYTES = 8 * 1024 * 1024;
const StoreQuery = z.strictObject({ storeId: StoreId.optional() });

/** Sync over HTTP for a display without a socket: the same log, cursor and ledger (rules S2, S4, L2). */
export function syncRoutes(app: App, edge: Edge): void {
  const { service, reports, metrics, turn } = edge;
  app.get(
    '/sync',
    {
      ...route(RIGHTS.sync, 'sync', 'The changes after a cursor', {
        description:
          '`snapshot`: fetch `/snapshot` and go on from its `seq` and `hash`. `known` false: ask `/commands/known` which ' +
          'commands are to be sent again.',
        querystring: SyncQuery,
        response: { 200: SyncAnswer },
      }),
      compress: {},
    },
    async (request) => {
      const caller = callerOf(request);
      const { epoch = null, cursor, hash = null, limit, storeId, answered } = request.query;
      const store = storeOf(caller, storeId);
      const read = await service.log.read(store, { epoch, cursor, hash }, limit, ANSWER_BYTES);
      if (read.mode === 'snapshot') reports.reset(read.reason, caller, { epoch, cursor });
      if (caller.role === 'display') service.receipts.polled(caller, read.mode === 'delta' ? cursor : null);
      return {
        ...read,
        serverTime: new Date(service.now()).toISOString(),
        known: await isKnown(service, caller.id, answered),
      };
    },
  );

  app.get(
    '/snapshot',
    route(RIGHTS.sync, 'sync', 'All open orders and those of the last days, at one `seq`', {
      description: 'All who ask at the same time get the same bytes; `serverTime` is when they were made.',
      querystring: StoreQuery,
      response: { 200: Snapshot },
    }),
    async (request, reply) => {
      const caller = callerOf(request);
      const body = await service.log.snapshot(storeOf(caller, request.query.storeId));
      await turn();
      if (caller.role === 'display' && request.headers[SNAPSHOT_REASON_HEADER] === 'digest') reports.diverged(caller);
      return sendSnapshot(body, request, reply);
    },
  );

  app.post(
    '/commands',
    route(RIGHTS.sendCommands, 'sync', 'Commands of a display', {
      description: 'Rules C1 to C6: each is answered once, and only after the one that it names in `after`.',
      body: CommandBatch,
      response: { 200: CommandAnswer },
    }),
    async (request, reply) => {
      const { commands } = request.body;
      countCommands(edge, displayOf(request), commands.length, reply);
      const answer = await service.submitCommands(displayOf(request), commands);
      for (const { outcome } of answer.results) metrics.commands.inc({ outcome });
      return answer;
    },
  );

  app.post(
    '/commands/known',
    route(RIGHTS.sendCommands, 'sync', 'Which commands of a display the server has answered', {
      description: 'Rule C3: those left out are to be sent again.',
      body: KnownQuery,
      response: { 200: KnownAnswer },
    }),
    async (request) => ({ known: await service.knownCommands(displayOf(request).id, request.body.ids) }),
  );
}
