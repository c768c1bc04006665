import { openShop, type Shop } from './shop.ts';
import { Skip, type Subject } from './subject.ts';

/** Gets a store that no other check uses; throws when the server breaks the rule. */
export type Check = (shop: Shop) => Promise<void>;

/** Parts of the contract that a server may implement later; `--without` skips them. */
export const PARTS = ['customers', 'admin-socket', 'feed'] as const;
export type Part = (typeof PARTS)[number];

export interface Group {
  title: string;
  /** Checks by name: the rule or section in brackets, then what a client expects. */
  checks: Record<string, Check>;
  part?: Part;
  /** Waits for longer than 15 s; skipped unless requested. */
  slow?: boolean;
}

export function group(title: string, checks: Group['checks'], more: Pick<Group, 'part' | 'slow'> = {}): Group {
  return { title, checks, ...more };
}

/** One check for each row of a table. */
export function eachRow<R>(rows: readonly R[], check: (row: R) => [name: string, check: Check]): Group['checks'] {
  return Object.fromEntries(rows.map(check));
}

export type Outcome =
  | { kind: 'passed' }
  | { kind: 'skipped'; why: string }
  /** `error` is the thrown value. */
  | { kind: 'failed'; error: unknown };

/** Runs one check and then its clean-up; never throws. `slow`: it waits for something that happens once a minute. */
export async function runCheck(server: Subject, check: Check, slow = false): Promise<Outcome> {
  const undos: (() => unknown)[] = [];
  const run = async () => check(await openShop({ ...server, after: (undo) => undos.push(undo) }));
  const limitMs = slow ? 200_000 : 90_000;
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`not over after ${limitMs / 1_000} s`)), limitMs);
  try {
    await Promise.race([run(), late]);
    return { kind: 'passed' };
  } catch (error) {
    return error instanceof Skip ? { kind: 'skipped', why: error.message } : { kind: 'failed', error };
  } finally {
    clearTimeout(timer);
    for (const undo of undos.reverse())
      await Promise.resolve()
        .then(undo)
        .catch(() => {});
  }
}
