import {
  BRIDGE_CALLS,
  type BridgeError,
  CALL_NAMES,
  type CallName,
  HOST_CALLS,
  type HostCall,
  type PushName,
  type PushPayload,
} from '#contract/bridge.ts';
import type { Desktop } from '#contract/desktop.ts';
import { detailsOf, fail, type Result } from '#contract/errors.ts';
import type { Alert } from './alerts/alert.ts';
import { bridgeCalls } from './bridge/bridge-calls.ts';
import type { CallHandlers } from './bridge/call-handlers.ts';
import type { Display, DisplayOptions } from './display.ts';
import { type DisplayCore, openDisplayCore } from './display-core.ts';
import type { Ports } from './ports.ts';

type Listener = <K extends PushName>(name: K, payload: PushPayload<K>) => void;

/** Makes a display. It does nothing before `start()`, which throws `StorageError` when a database cannot be opened. */
export function createDisplay(ports: Ports, options: DisplayOptions): Display {
  const listeners = new Set<Listener>();
  const alertListeners = new Set<(alert: Alert) => void>();
  let core: DisplayCore | null = null;
  let handlers: CallHandlers | null = null;
  let desktop: Desktop | null = null;
  let closed = false;

  /** A listener that throws is logged; the others still run. */
  const emit = <L>(all: Set<L>, what: string, run: (listener: L) => void): void => {
    for (const listener of all) {
      try {
        run(listener);
      } catch (error) {
        ports.log.error('a listener of the display failed', { push: what, error: String(error) });
      }
    }
  };
  const push: Listener = (name, payload) => emit(listeners, name, (listener) => listener(name, payload));
  const alerting = {
    isListening: () => alertListeners.size > 0,
    emit: (alert: Alert) => emit(alertListeners, alert.kind, (listener) => listener(alert)),
  };

  return {
    async start() {
      if (core || closed) return;
      core = openDisplayCore(ports, options, push, alerting);
      if (desktop) core.setDesktop(desktop);
      handlers = bridgeCalls(core, ports, options);
      void core.till?.start();
      const connection = await options.connection.read();
      if (connection && !closed) core.connect(connection);
    },

    async call(name, input): Promise<Result<unknown, BridgeError>> {
      const known = CALL_NAMES.find((one) => one === name);
      if (!known) return fail('invalid', 'There is no such call.');
      if (!handlers || closed) return fail('unavailable', 'The display is not running.');
      const parsed = BRIDGE_CALLS[known].input.safeParse(input);
      if (!parsed.success) {
        const details = detailsOf(parsed.error).map(({ path, message }) => `${path} ${message}`.trim());
        return fail('invalid', details.join('; '));
      }
      if (isHostCall(known)) return fail('unavailable', 'Only the installed app does this.');
      try {
        return await (handlers[known] as (input: unknown) => ReturnType<CallHandlers[keyof CallHandlers]>)(parsed.data);
      } catch (error) {
        ports.log.error('a call failed', { call: name, error: error instanceof Error ? error.stack : String(error) });
        return fail('internal', 'Something went wrong inside the display.');
      }
    },

    onPush(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onAlert(listener) {
      alertListeners.add(listener);
      return () => alertListeners.delete(listener);
    },
    setDesktop(found) {
      desktop = found;
      if (!closed) core?.setDesktop(found);
    },
    networkChanged(online) {
      if (!closed) core?.link()?.networkChanged(online);
    },
    wake() {
      if (!closed) core?.link()?.wake();
    },
    prepareForSleep() {
      if (!closed) core?.prepareForSleep();
    },
    async close() {
      closed = true;
      const ending = core?.stopPaper();
      if (ending) await ending;
      core?.close();
    },
  };
}

const isHostCall = (name: CallName): name is HostCall => HOST_CALLS.some((one) => one === name);
