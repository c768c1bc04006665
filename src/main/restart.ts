import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from 'electron';

/** A close that takes longer than this is cut short, ms: all that matters is on disk already. */
const CLOSE_WITHIN_MS = 2_000;
const NO_GPU = '--disable-gpu';

/** Ends the program and starts it again. @param how.gpu false: it draws without the graphics card from then on */
export type Restart = (how: { gpu: boolean }) => Promise<void>;

/**
 * @param close closes both databases; it may fail, since what calls this may be a failure of anything
 * @param env `APPIMAGE` is looked at: the file that such a program was started from, whose unpacked self is gone with it
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
    app.relaunch({ args: gpu ? args : [...args, NO_GPU], ...(env.APPIMAGE && { execPath: env.APPIMAGE }) });
    app.exit(1);
  };
}
