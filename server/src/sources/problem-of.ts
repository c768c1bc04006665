import { AccessEnded } from './service-client.ts';
import type { SourceRow } from './source-tables.ts';

/** What a source does to get orders. */
export type SourceJob = 'pull' | 'listen';

const PROBLEMS: Record<SourceJob, string> = { pull: 'cannot be read', listen: 'takes no orders' };

/** Why a source gets no orders, for an owner, without a full stop. */
export function problemOf({ name }: Pick<SourceRow, 'name'>, job: SourceJob, error: unknown): string {
  return `${name} ${error instanceof AccessEnded ? 'no longer accepts the key' : PROBLEMS[job]}: ${causeOf(error)}`;
}

/** The words of an error, without a full stop. */
export const causeOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\.+$/, '');
