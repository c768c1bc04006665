import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from 'electron';

/** Limit of the wait for a clean close, ms; everything durable is on disk already. */
const CLOSE_WITHIN_MS = 2_000;
const NO_GPU = '--disable-gpu';

/**
 * Restarts the program, or ends it with an error if another program supervises it and would start a second one.
 *
 * @param how.gpu false: from then on without the graphics card, unless it is supervised
 */
export type Restart = (how: { gpu: boolean }) => Promise<void>;

/**
 * @param close closes both databases; it may reject, since anything may have failed before
 * @param env reads `TICKETRAIL_SUPERVISED` (supervise.ts) and `APPIMAGE`, the file to start again: its unpacked contents are gone
 *   once the program ends
 */
export function createRestart(
  app: App,
  close: () => Promise<unknown>,
  { argv, env }: { argv: readonly string[]; env: Record<string, string | undefined> },
): Restart {
  let restarting = false;
  return async ({ gpu }) => {
    if (restarting) return;
    restarting = true;
    await Promise.race([close().catch(() => {}), sleep(CLOSE_WITHIN_MS)]);
    const args = argv.slice(1).filter((arg) => arg !== NO_GPU || gpu);
    if (!env.TICKETRAIL_SUPERVISED)
      app.relaunch({ args: gpu ? args : [...args, NO_GPU], ...(env.APPIMAGE && { execPath: env.APPIMAGE }) });
    app.exit(1);
  };
}
