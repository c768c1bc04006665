import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** The holder touches its lock this often; one not touched for {@link STALE_MS} is left over from a crash. */
const TOUCH_MS = 5_000;
const STALE_MS = 30_000;

const Held = z.object({ pid: z.int(), note: z.string().nullable() });
export type Held = z.infer<typeof Held>;

export interface Lock {
  /** Stores something about the holder for others to read. */
  note(text: string): void;
  release(): void;
}

/**
 * Lets one process in at a time. Only its owner can read the file, since a note may hold the key of a page. The file counts only while its process lives and touches it, so that a crash, a power cut or
 * a reused process id locks nobody out.
 *
 * @returns the lock, or its holder
 */
export function takeLock(file: string): { lock: Lock } | { heldBy: Held } {
  const heldBy = holder(file);
  if (heldBy) return { heldBy };
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const write = (note: string | null, flag: string) =>
    writeFileSync(file, JSON.stringify({ pid: process.pid, note }), { flag, mode: 0o600 });
  try {
    write(null, 'wx');
  } catch {
    // Another process was faster.
    return { heldBy: holder(file) ?? { pid: 0, note: null } };
  }
  const touching = setInterval(() => touch(file), TOUCH_MS);
  touching.unref();
  return {
    lock: {
      note: (text) => write(text, 'w'),
      release() {
        clearInterval(touching);
        rmSync(file, { force: true });
      },
    },
  };
}

function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Somebody deleted the file on purpose.
  }
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
