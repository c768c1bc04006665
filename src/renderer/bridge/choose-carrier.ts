import type { Carrier } from '#contract/bridge.ts';

/** Electron's preload has put a carrier on the window; a plain browser gets a socket to where the page came from. */
export async function chooseCarrier(): Promise<Carrier> {
  const preloaded = (window as { bridge?: Carrier }).bridge;
  if (preloaded) return preloaded;
  return (await import('./socket-carrier.ts')).socketCarrier();
}
