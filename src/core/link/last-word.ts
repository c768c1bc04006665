import type { Clock } from '../ports.ts';
import type { ServerClock } from './server-clock.ts';
import type { SyncEngine } from './sync-engine.ts';

export type LastWord = ReturnType<typeof createLastWord>;

/** When the server last proved that this display is up to date. */
export function createLastWord(
  { clock, serverClock, sync }: { clock: Clock; serverClock: ServerClock; sync: Pick<SyncEngine, 'atHead'> },
  /** From an earlier run; ms, server time. */
  saved: number | null,
) {
  let at = saved;
  let monotonicAt = Number.NEGATIVE_INFINITY;
  return {
    /** Call when the server has sent the head of its log. */
    update(): void {
      if (!sync.atHead()) return;
      at = serverClock.now();
      monotonicAt = clock.monotonic();
    },
    /** ms, server time; null: never. */
    at: (): number | null => at,
    /** ms; infinite until the first one since the start. */
    age: (): number => clock.monotonic() - monotonicAt,
  };
}
