import type { Escalation, EscalationKind } from '#contract/admin.ts';

/** The open escalations, by store. */
export interface OpenEscalations {
  add(escalation: Escalation): void;
  remove(escalation: Escalation): void;
  of(storeId: string): Escalation[];
  all(): Escalation[];
  count(): Record<EscalationKind, number>;
}

export function createOpenEscalations(): OpenEscalations {
  const stores = new Map<string, Map<string, Escalation>>();
  const count: Record<EscalationKind, number> = { undelivered: 0, unacknowledged: 0, no_display: 0 };
  return {
    add(escalation) {
      const ofStore = stores.get(escalation.storeId) ?? new Map<string, Escalation>();
      stores.set(escalation.storeId, ofStore.set(escalation.id, escalation));
      count[escalation.kind] += 1;
    },
    remove(escalation) {
      const ofStore = stores.get(escalation.storeId);
      if (!ofStore?.delete(escalation.id)) return;
      if (ofStore.size === 0) stores.delete(escalation.storeId);
      count[escalation.kind] -= 1;
    },
    of: (storeId) => [...(stores.get(storeId)?.values() ?? [])],
    all: () => [...stores.values()].flatMap((ofStore) => [...ofStore.values()]),
    count: () => ({ ...count }),
  };
}
