import type { CommandResult } from '#contract/command.ts';
import type { Change } from '#contract/sync.ts';

const KEPT = 64;

/**
 * Finds out which device the token makes us, which the protocol does not say: an own command that was answered as
 * applied at a `seq`, and the change of that `seq` with the same number for its cause, can only be one and the same.
 */
export function createDeviceLearner() {
  const answers = new Map<string, number>();
  const causes = new Map<string, { deviceId: string; n: number }>();
  let deviceId: string | null = null;

  function remember<T>(map: Map<string, T>, key: string, value: T): void {
    map.set(key, value);
    const oldest = map.keys().next();
    if (map.size > KEPT && !oldest.done) map.delete(oldest.value);
  }
  function compare(key: string): void {
    const cause = causes.get(key);
    if (cause && answers.get(key) === cause.n) deviceId = cause.deviceId;
  }

  return {
    deviceId: (): string | null => deviceId,
    /** An own command was answered `applied`. */
    answered(epoch: string, result: Pick<CommandResult, 'n' | 'seq'>): void {
      const key = `${epoch} ${result.seq}`;
      remember(answers, key, result.n);
      compare(key);
    },
    cameDown(epoch: string, change: Pick<Change, 'seq' | 'cause'>): void {
      if (!change.cause) return;
      const key = `${epoch} ${change.seq}`;
      remember(causes, key, change.cause);
      compare(key);
    },
  };
}
