import { localAddresses } from '#adapters/local-addresses.ts';
import { StorageError } from '#core/ports.ts';
import { createHostLog } from './host-log.ts';
import type { HostOptions } from './host-options.ts';
import { type Host, startHost } from './start-host.ts';

/** The longest wait for a clean close, ms; everything durable is on disk already. */
const CLOSE_WITHIN_MS = 5_000;

/** Runs the browser host as a program: prints its address, or one sentence on stderr and exit code 1. */
export async function runHost(options: HostOptions, screenDir: string, appVersion: string): Promise<void> {
  let host: Host;
  const log = createHostLog(process.env.LOG_LEVEL);
  log.info('the display starts', { version: appVersion });
  try {
    host = await startHost({ ...options, screenDir, appVersion, log });
  } catch (error) {
    console.error(whyNot(error, options));
    process.exitCode = 1;
    return;
  }
  let closing = false;
  const close = () => {
    // npm forwards a signal that the terminal has already sent, so ignore a second one.
    if (closing) return;
    closing = true;
    setTimeout(() => process.exit(1), CLOSE_WITHIN_MS).unref();
    void host.close().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, close);

  console.log(`display ready ${host.address}`);
  for (const address of tabletAddresses(options.host, host)) console.log(`on other devices ${address}`);
}

/** Addresses to open on other devices in the network. */
function tabletAddresses(listening: string, { port, key }: Host): string[] {
  if (listening !== '0.0.0.0' && listening !== '::') return [];
  return localAddresses().map((address) => `http://${address}:${port}/?key=${key}`);
}

function whyNot(error: unknown, { dataDir, host, port }: HostOptions): string {
  if (error instanceof StorageError && error.fault === 'locked')
    return `Another display uses ${dataDir}: stop it, or give this one a folder of its own with --data.`;
  if (error instanceof StorageError) return `The data folder cannot be used. ${error.message}`;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `Port ${port} is in use by another program: choose a free one with --port.`;
  if (code === 'EACCES') return `This user may not use port ${port}, or may not write to ${dataDir}.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `--host ${host} is not an address of this machine.`;
  return `The display could not start: ${error instanceof Error ? error.message : String(error)}`;
}
