import type { Escalation } from '#contract/admin.ts';
import type { Escalations } from '../service.ts';

/**
 * Reports each escalation when it is raised and again when it is resolved, by any process. Each call compares the
 * unresolved escalations in the database with those of the previous call. Calls run one after the other. Escalations
 * raised before the first call are not reported.
 */
export function followEscalations(
  { unresolved, find }: Pick<Escalations, 'unresolved' | 'find'>,
  onChange: (escalation: Escalation) => void,
): () => Promise<void> {
  let known: Set<string> | null = null;
  let last = Promise.resolve();

  async function look(): Promise<void> {
    const current = await unresolved();
    const ids = new Set(current.map(({ id }) => id));
    const before = known ?? ids;
    const resolved = await find([...before].filter((id) => !ids.has(id)));
    known = ids;
    for (const escalation of current) if (!before.has(escalation.id)) onChange(escalation);
    for (const escalation of resolved) onChange(escalation);
  }

  return () => {
    last = last.catch(() => undefined).then(look);
    return last;
  };
}
