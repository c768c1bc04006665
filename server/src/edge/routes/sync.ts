import { z } from 'zod';
import { CommandAnswer, CommandBatch } from '#contract/command.ts';
import { Seq, StoreId } from '#contract/field-types.ts';
import { Snapshot, SyncAnswer } from '#contract/sync.ts';
import type { Caller } from '../../service.ts';
import type { App, Edge } from '../app.ts';
import { callerOf, displayOf, storeOf } from '../identity.ts';
import { queryNumber } from '../zod-schemas.ts';

const SyncQuery = z.strictObject({
  storeId: StoreId.optional(),
  epoch: z.string().max(128).optional().meta({ description: 'Empty the first time.' }),
  cursor: queryNumber(0, Number.MAX_SAFE_INTEGER).default(0),
  hash: z.string().max(128).optional().meta({ description: 'Left out at cursor 0.' }),
  limit: queryNumber(1, 500).default(200),
});
/** An answer may be longer than a socket's message, not without bound. */
const ANSWER_BYTES = 8 * 1024 * 1024;
const StoreQuery = z.strictObject({ storeId: StoreId.optional() });
const READERS = ['admin', 'display'] as const;

/** The way of a display that cannot keep a socket: the same log, the same cursor (rules S2, S4, L2). */
export function syncRoutes(app: App, { service, reportReset, reportSnapshot, metrics }: Edge): void {
  const lastNOf = async (caller: Caller) => (caller.role === 'admin' ? null : await service.log.lastN(caller.id));

  app.get(
    '/sync',
    {
      config: { audience: READERS },
      schema: {
        tags: ['sync'],
        summary: 'The changes after a cursor',
        description: '`snapshot`: fetch `/snapshot` and go on from its `seq` and `hash`.',
        querystring: SyncQuery,
        response: { 200: z.union(SyncAnswer.options.map((option) => option.extend({ lastN: Seq.nullable() }))) },
      },
      compress: {},
    },
    async (request) => {
      const caller = callerOf(request);
      const { epoch = null, cursor, hash = null, limit, storeId } = request.query;
      const store = storeOf(caller, storeId);
      const read = await service.log.read(store, { epoch, cursor, hash }, limit, ANSWER_BYTES);
      if (read.mode === 'snapshot') reportReset(read.reason, caller, { epoch, cursor });
      if (caller.role === 'display') service.receipts.polled(caller, read.mode === 'delta' ? cursor : null);
      return { ...read, serverTime: new Date().toISOString(), lastN: await lastNOf(caller) };
    },
  );

  app.get(
    '/snapshot',
    {
      config: { audience: READERS },
      schema: {
        tags: ['sync'],
        summary: 'All open orders and those of the last days, at one `seq`',
        querystring: StoreQuery,
        response: { 200: Snapshot },
      },
      compress: {},
    },
    async (request) => {
      const caller = callerOf(request);
      const snapshot = await service.log.snapshot(storeOf(caller, request.query.storeId));
      reportSnapshot(caller);
      return { ...snapshot, serverTime: new Date().toISOString(), lastN: await lastNOf(caller) };
    },
  );

  app.post(
    '/commands',
    {
      config: { audience: ['display'] },
      schema: {
        tags: ['sync'],
        summary: 'Commands of a display',
        description: 'Rules C1 to C6: numbered without holes, each answered once and for ever.',
        body: CommandBatch,
        response: { 200: CommandAnswer },
      },
    },
    async (request) => {
      const answer = await service.submitCommands(displayOf(request), request.body.commands);
      for (const { outcome } of answer.results) metrics.commands.inc({ outcome });
      return answer;
    },
  );
}
