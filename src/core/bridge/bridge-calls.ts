import { ok } from '#contract/errors.ts';
import type { DisplayOptions } from '../display.ts';
import type { DisplayCore } from '../display-core.ts';
import type { Ports } from '../ports.ts';
import { availabilityCalls } from './availability-calls.ts';
import type { CallHandlers } from './call-handlers.ts';
import { connectionCalls } from './connection-calls.ts';
import { lookupCalls } from './lookup-calls.ts';
import { orderCalls } from './order-calls.ts';
import { settingsCalls } from './settings-calls.ts';

/** Handlers for every call of the bridge that the core answers. */
export function bridgeCalls(core: DisplayCore, ports: Ports, options: DisplayOptions): CallHandlers {
  return {
    ...orderCalls(core),
    ...lookupCalls(core, ports, options),
    ...connectionCalls(core, ports, options),
    ...settingsCalls(core),
    ...availabilityCalls(core),

    dismissTrouble({ trouble }) {
      core.troubles.end(trouble);
      return ok(null);
    },
    mute({ minutes }) {
      core.mute(minutes);
      return ok(null);
    },
  };
}
