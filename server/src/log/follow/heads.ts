/** The last hinted or read heads of stores, which followers compare with their positions before reading. */
export interface Heads {
  known(storeId: string): number | undefined;
  heard(storeId: string, head: number): void;
  /** Returns a token for the present moment, to be passed to {@link read}. */
  moment(storeId: string): number;
  /** A read that started at `moment` found this head. A higher one stays if it was hinted at since then. */
  read(storeId: string, head: number, moment: number): void;
}

export function createHeads(): Heads {
  const heads = new Map<string, { head: number; heard: number }>();
  const heardSoFar = (storeId: string) => heads.get(storeId)?.heard ?? 0;
  return {
    known: (storeId) => heads.get(storeId)?.head,
    heard: (storeId, head) => void heads.set(storeId, { head, heard: heardSoFar(storeId) + 1 }),
    moment: heardSoFar,
    read(storeId, head, moment) {
      const known = heads.get(storeId);
      if (known && known.head >= head && known.heard !== moment) return;
      heads.set(storeId, { head, heard: known?.heard ?? 0 });
    },
  };
}
