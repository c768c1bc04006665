import type { SharedDatabase } from '../subjects/shared-servers.ts';
import type { Ticketrail } from '../subjects/ticketrail.ts';

/** What the machine's processes took: cores as shares of one, memory in MB at its highest. */
export interface Usage {
  nodeCores: number;
  databaseCores: number;
  /** Of this process, which plays shops and displays. */
  playerCores: number;
  nodesMb: number;
  databaseMb: number;
}

/** How often memory is read, ms. */
const READ_EVERY_MS = 5_000;

/** During the work. */
export async function usageDuring(
  nodes: Ticketrail,
  database: SharedDatabase,
  work: () => Promise<unknown>,
): Promise<Usage> {
  let nodesMemory = 0;
  let databaseMemory = 0;
  const readMemory = () => {
    nodesMemory = Math.max(nodesMemory, nodes.memory());
    databaseMemory = Math.max(databaseMemory, database.memory());
  };
  const timer = setInterval(readMemory, READ_EVERY_MS);
  const begin = performance.now();
  const player = process.cpuUsage();
  const before = database.cpu();
  try {
    const nodeCpu = await nodes.during(work);
    const ms = performance.now() - begin;
    const { user, system } = process.cpuUsage(player);
    readMemory();
    return {
      nodeCores: nodeCpu / ms,
      databaseCores: (database.cpu() - before) / ms,
      playerCores: (user + system) / 1_000 / ms,
      nodesMb: nodesMemory / 1e6,
      databaseMb: databaseMemory / 1e6,
    };
  } finally {
    clearInterval(timer);
  }
}
