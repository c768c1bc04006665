import { indexWaitingOrders } from '../database/index-waiting-orders.ts';
import type { WriteQueue } from '../database/write-queue.ts';
import type { Mending } from './create-mending.ts';

/** Orders indexed in one transaction: about 5 ms, so that no order waits long. */
const SLICE = 64;
/** With nothing written here, what other nodes have left is looked for so rarely, in looks. */
const IDLE_LOOKS = 30;

/** Puts new and changed orders into the search index, apart from the writes that make them. */
export interface Indexer {
  /** Orders were written here. */
  committed(): void;
  /** Indexes what waits, if there may be something. */
  look(): Promise<void>;
  /** Indexes what waits now. */
  run(): Promise<void>;
}

export function createIndexer({ queue, mending }: { queue: WriteQueue; mending: Mending }): Indexer {
  /** Looks until it reads the database although nothing was written here. The first one always does. */
  let idle = 0;

  return {
    committed() {
      idle = 0;
    },
    async look() {
      if (idle > 0) {
        idle--;
        return;
      }
      idle = IDLE_LOOKS;
      try {
        await run();
      } catch (error) {
        idle = 0;
        throw error;
      }
    },
    run,
  };

  async function run(): Promise<void> {
    const slice = () => mending(() => queue.write(null, ({ tx }) => indexWaitingOrders(tx, SLICE)));
    while ((await slice()) === SLICE);
  }
}
