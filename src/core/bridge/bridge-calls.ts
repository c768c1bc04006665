import { fail, ok } from '#contract/errors.ts';
import type { DisplayOptions } from '../display.ts';
import type { DisplayCore } from '../display-core.ts';
import type { Ports } from '../ports.ts';
import { availabilityCalls } from './availability-calls.ts';
import type { CallHandlers } from './call-handlers.ts';
import { connectionCalls } from './connection-calls.ts';
import { lookupCalls } from './lookup-calls.ts';
import { orderCalls } from './order-calls.ts';
import { settingsCalls } from './settings-calls.ts';
import { tillCalls } from './till-calls.ts';

/** Handlers for every call of the bridge that the core answers. */
export function bridgeCalls(core: DisplayCore, ports: Ports, options: DisplayOptions): CallHandlers {
  return {
    ...orderCalls(core),
    ...lookupCalls(core, ports, options),
    ...connectionCalls(core, ports, options),
    ...settingsCalls(core),
    ...availabilityCalls(core),
    ...tillCalls(core),

    dismissTrouble({ trouble }) {
      core.troubles.end(trouble);
      return ok(null);
    },
    printPaper({ printerId, orderId }) {
      if (orderId !== null && (core.testOrder.is(orderId) || !core.board.shown(orderId)))
        return fail('not_found', 'This screen does not have the order.');
      const added = core.disks.write(() => core.printing.printByHand(printerId, orderId));
      if (!added.ok) return added;
      return added.value ? ok(null) : fail('not_found', 'There is no such printer.');
    },
    mute({ minutes }) {
      core.mute(minutes);
      return ok(null);
    },
  };
}
