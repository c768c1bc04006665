import { isSettled } from '../board/overlay.ts';
import type { CommandRow } from '../stores.ts';

export type OverlayRows = ReturnType<typeof createOverlayRows>;

/** The rows that still overlay the board (S5), in memory: unanswered, or answered beyond the cache's cursor. */
export function createOverlayRows(onTouched: (orderIds: Iterable<string>) => void) {
  let position: { epoch: string | null; cursor: number } = { epoch: null, cursor: 0 };
  let rows: CommandRow[] = [];
  let byOrder = new Map<string, CommandRow[]>();

  /** @param next in tap order */
  function replaceAll(next: readonly CommandRow[]): void {
    const before = byOrder;
    rows = next.filter((row) => !isSettled(row, position.epoch, position.cursor));
    byOrder = Map.groupBy(rows, (row) => row.orderId);
    onTouched(new Set([...before.keys(), ...byOrder.keys()]));
  }

  return {
    position: () => position,
    all: (): readonly CommandRow[] => rows,
    unanswered: (): CommandRow[] => rows.filter((row) => row.answer === null),
    ofOrder: (orderId: string): readonly CommandRow[] => byOrder.get(orderId) ?? [],
    orderIds: (): Iterable<string> => byOrder.keys(),
    add(added: readonly CommandRow[]): void {
      for (const row of added) {
        rows.push(row);
        const others = byOrder.get(row.orderId);
        if (others) others.push(row);
        else byOrder.set(row.orderId, [row]);
      }
      onTouched(added.map((row) => row.orderId));
    },
    update(changed: readonly CommandRow[]): void {
      const byId = new Map(changed.map((row) => [row.id, row]));
      if (byId.size > 0) replaceAll(rows.map((row) => byId.get(row.id) ?? row));
    },
    replaceAll,
    moveTo(epoch: string | null, cursor: number): void {
      position = { epoch, cursor };
      if (rows.some((row) => isSettled(row, epoch, cursor))) replaceAll(rows);
    },
    restart(epoch: string | null, cursor: number, next: readonly CommandRow[]): void {
      position = { epoch, cursor };
      replaceAll(next);
    },
  };
}
