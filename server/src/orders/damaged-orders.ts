/** Stored orders that cannot be read. Whoever reads orders runs inside `mending`, which handles it. */
export class DamagedOrders extends Error {
  readonly ids: readonly string[];
  constructor(ids: readonly string[]) {
    super(`damaged in the database: ${ids.join(', ')}`);
    this.ids = ids;
  }
}
