import type { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { App, WebContents } from 'electron';
import type { Log } from '#core/ports.ts';
import { type Fault, recoveryOf, SAME_TROUBLE_MS } from './policy/recovery.ts';
import type { Restart } from './restart.ts';
import { watchPage } from './watch-page.ts';

export interface RecoveryOptions {
  app: App;
  /** Node's `process`, or a fake in a test. */
  program: EventEmitter;
  /** Stores when each fault happened, so that a program that crashes at every start backs off. */
  file: string;
  restart: Restart;
  log: Log;
}

/** Recovers from a crash of the page, the graphics process or the program itself, as `recoveryOf` decides. */
export function setupRecovery({ app, program, file, restart, log }: RecoveryOptions): void {
  const faults = readFaults(file);

  function recover(fault: Fault, details: Record<string, unknown>, page?: WebContents): void {
    const now = Date.now();
    const earlier = faults[fault] ?? [];
    const recovery = recoveryOf(fault, earlier, now);
    log.error('something fell over', { fault, ...details, recovery });
    faults[fault] = [...earlier.filter((at) => now - at < SAME_TROUBLE_MS), now];
    saveFaults(file, faults, log);
    if (recovery.do === 'restart') setTimeout(restart, recovery.afterMs, { gpu: recovery.gpu });
    if (recovery.do === 'reload' && page)
      setTimeout(() => page.isDestroyed() || page.reload(), recovery.afterMs).unref();
  }

  app.on('web-contents-created', (_, page) => watchPage(page, log));
  app.on('render-process-gone', (_, page, { reason, exitCode }) => {
    if (reason !== 'clean-exit') recover('page_gone', { reason, exitCode }, page);
  });
  app.on('child-process-gone', (_, { type, reason, exitCode, name }) => {
    if (reason === 'clean-exit') return;
    if (type === 'GPU') return recover('gpu_gone', { reason, exitCode });
    log.warn('a helper process is gone', { type, reason, exitCode, name });
  });
  // After either, the program's state is unknown.
  for (const event of ['uncaughtException', 'unhandledRejection'])
    program.on(event, (error: unknown) =>
      recover('main_failed', { event, error: error instanceof Error ? error.stack : String(error) }),
    );
}

type Faults = Partial<Record<Fault, number[]>>;

function readFaults(file: string): Faults {
  try {
    const saved: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const lists = Object.entries(saved ?? {}).filter(([, times]) => Array.isArray(times));
    return Object.fromEntries(lists.map(([fault, times]) => [fault, times.filter(Number.isFinite)]));
  } catch {
    return {};
  }
}

/** Synchronous, since the program may end at any moment. A failing disk does not stop the recovery. */
function saveFaults(file: string, faults: Faults, log: Log): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(faults));
  } catch (error) {
    log.warn('could not keep what fell over', { error: String(error) });
  }
}
