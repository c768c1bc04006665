/** Polling interval, ms. */
const LOOK_MS = 1_000;

/**
 * Shuts this program down cleanly when the npm that runs it is gone. npm forwards a SIGTERM to the shell between npm and this
 * program, and that shell dies without forwarding it.
 */
export function endWithNpm(): void {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const shell = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(look);
    process.emit('SIGTERM', 'SIGTERM');
  }, LOOK_MS);
  look.unref();
}
