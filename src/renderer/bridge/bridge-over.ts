import type { Bridge, Carrier } from '#contract/bridge.ts';

/** Gives the bare pipe its types. What goes in is judged by the core, once; what comes back is the core's own word. */
export function bridgeOver(carrier: Carrier): Bridge {
  return {
    call: (name, input) => carrier.call(name, input) as never,
    on: (name, listener) =>
      carrier.onPush((pushed, payload) => {
        if (pushed === name) listener(payload as never);
      }),
    onCarrier: (listener) => carrier.onUp(listener),
  };
}
