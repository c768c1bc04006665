import type { BridgeError } from '#contract/bridge.ts';
import { decide } from '#contract/decide.ts';
import { fail, ok, type Result } from '#contract/errors.ts';
import type { DisplayCore } from '../display-core.ts';
import type { Tap } from '../queue/queue.ts';
import { retryCommand } from '../queue/retry-command.ts';
import { createTaps } from '../queue/taps.ts';
import { tickItems } from '../queue/tick-items.ts';
import type { CommandRow } from '../stores.ts';
import type { CallHandlers } from './call-handlers.ts';

/** The calls that change orders. Each is durable in the queue before it is answered (C1). */
export function orderCalls(core: DisplayCore) {
  const { board, disks, queue, settings, testOrder } = core;

  function add(taps: readonly Tap[], instead?: string): Result<CommandRow[], BridgeError> {
    const added = disks.write(() => queue.add(taps, instead));
    if (added.ok) core.link()?.poke();
    return added;
  }
  const taps = createTaps({
    shown: board.shown,
    rowsOf: queue.rowsOf,
    add,
    autoAdvance: () => settings.current().autoAdvance,
    now: core.now,
  });

  return {
    command({ orderId, intent }) {
      if (!testOrder.is(orderId)) return taps.tap(orderId, [intent]);
      return testOrder.take(intent) ? ok({ commandId: '', undo: null }) : fail('not_allowed', 'Not from here.');
    },
    tickItems({ orderId, itemIds, done }) {
      const order = board.shown(orderId);
      return order ? taps.tap(orderId, tickItems(order, itemIds, done)) : fail('not_found', 'There is no such order.');
    },
    undo: ({ id }) => taps.undo(id),

    seenMarks({ orderId, version }) {
      // Nobody can have seen a change that arrives at this moment.
      if (board.shown(orderId)?.version !== version) return ok(null);
      return disks.read(() => {
        core.seenMarks(orderId);
        return null;
      });
    },

    acknowledgeAll() {
      const intent = { type: 'acknowledge', payload: {} } as const;
      if (testOrder.rings()) testOrder.take(intent);
      const seen = board.ringing().map((orderId) => ({
        orderId,
        intent,
        baseVersion: board.shown(orderId)?.version ?? 0,
      }));
      const added = add(seen);
      return added.ok ? ok({ count: seen.length }) : added;
    },

    dismissFailedCommand({ id }) {
      const dismissed = disks.write(() => queue.dismiss(id));
      if (!dismissed.ok) return dismissed;
      core.failedCommandsChanged();
      return dismissed.value ? ok(null) : fail('not_found', 'It has been dismissed already.');
    },

    retryCommand({ id, as }) {
      const failed = core.failedCommands.all().find((one) => one.id === id);
      const order = failed && board.shown(failed.orderId);
      if (!failed || !order) return fail('not_found', 'It is not there any more.');
      const intent = retryCommand(failed, as, order);
      const now = core.now();
      const { id: orderId, version: baseVersion } = order;
      const decision = intent && decide(order, intent, { now, issuedAt: now, baseVersion, by: '' });
      if (!intent || decision?.outcome !== 'applied')
        return fail('not_allowed', 'The order is not as it was: look again.');
      const added = add([{ orderId, intent, baseVersion }], id);
      if (!added.ok) return added;
      core.failedCommandsChanged();
      return ok({ commandId: added.value[0]?.commandId ?? '' });
    },

    testOrder: () => ok({ orderId: testOrder.place() }),
  } satisfies Partial<CallHandlers>;
}
