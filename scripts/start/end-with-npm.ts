/** How often is looked, ms. */
const LOOK_MS = 1_000;

/**
 * Ends this program in the orderly way when the npm that runs it is gone: npm passes a SIGTERM on to the shell between
 * us and it, and that shell dies of it without a word to us.
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
