import type { Escalation } from '#contract/admin.ts';
import type { Escalations } from '../service.ts';

/**
 * Reports each escalation when it is raised and again when it is resolved, by any process. Each call compares the
 * unresolved escalations in the database with those of the previous call; calls during one share the next, so that a
 * rush of hints costs two. Escalations raised before the first call are not reported.
 */
export function followEscalations(
  { unresolved, find }: Pick<Escalations, 'unresolved' | 'find'>,
  onChange: (escalation: Escalation) => void,
): () => Promise<void> {
  let known: ReadonlySet<string> | null = null;
  let last: Promise<void> = Promise.resolve();
  /** The one that has not begun. */
  let next: Promise<void> | null = null;

  async function look(): Promise<void> {
    next = null;
    const ids = new Set(await unresolved());
    const before = known ?? ids;
    // Each as it is now, so one may have been resolved since.
    const raised = [...ids].filter((id) => !before.has(id));
    const resolved = [...before].filter((id) => !ids.has(id));
    const changed = await find([...raised, ...resolved]);
    known = ids;
    for (const escalation of changed) {
      if (!before.has(escalation.id)) onChange({ ...escalation, resolvedAt: null });
      if (escalation.resolvedAt === null) continue;
      ids.delete(escalation.id);
      onChange(escalation);
    }
  }

  return () => {
    if (next === null) {
      next = last.catch(() => undefined).then(look);
      last = next;
    }
    return next;
  };
}
