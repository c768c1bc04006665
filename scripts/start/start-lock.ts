import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** A running start touches its lock this often; one that was not touched for {@link STALE_MS} is left over from a crash. */
const TOUCH_MS = 5_000;
const STALE_MS = 30_000;

const Held = z.object({ pid: z.int(), display: z.string().nullable() });
export type Held = z.infer<typeof Held>;

export interface StartLock {
  /** So that a second start can say where the first one's board is. */
  setDisplay(address: string): void;
  release(): void;
}

/**
 * One start per data folder. The file holds who and where; it counts only while its process lives and touches it, so
 * that a crash, a power cut or a number given to another process does not lock anybody out.
 *
 * @returns the lock, or who holds it
 */
export function takeStartLock(file: string): { lock: StartLock } | { heldBy: Held } {
  const heldBy = holder(file);
  if (heldBy) return { heldBy };
  rmSync(file, { force: true });
  const write = (display: string | null, flag: string) =>
    writeFileSync(file, JSON.stringify({ pid: process.pid, display }), { flag });
  try {
    write(null, 'wx');
  } catch {
    // Another start was quicker by a moment.
    return { heldBy: holder(file) ?? { pid: 0, display: null } };
  }
  const touching = setInterval(() => utimesSync(file, new Date(), new Date()), TOUCH_MS);
  touching.unref();
  return {
    lock: {
      setDisplay: (address) => write(address, 'w'),
      release() {
        clearInterval(touching);
        rmSync(file, { force: true });
      },
    },
  };
}

function holder(file: string): Held | null {
  try {
    const held = Held.parse(JSON.parse(readFileSync(file, 'utf8')));
    return isAlive(held.pid) && Date.now() - statSync(file).mtimeMs < STALE_MS ? held : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
