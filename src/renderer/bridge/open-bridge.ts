import type { Bridge, Carrier } from '#contract/bridge.ts';

/** Uses the carrier that Electron's preload put on the window, or else a socket to the host that served the page. */
export async function openBridge(): Promise<Bridge> {
  const carrier = await chooseCarrier();
  return {
    // The core validates the input; its answers and pushes are trusted.
    call: (name, input) => carrier.call(name, input) as never,
    on: (name, listener) =>
      carrier.onPush((pushed, payload) => {
        if (pushed === name) listener(payload as never);
      }),
    onCarrier: (listener) => carrier.onUp(listener),
  };
}

async function chooseCarrier(): Promise<Carrier> {
  const preloaded = (window as { bridge?: Carrier }).bridge;
  return preloaded ?? (await import('./socket-carrier.ts')).socketCarrier();
}
