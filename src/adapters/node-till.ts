import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Printed } from '#capture/printed.ts';
import type { Log } from '#core/ports.ts';
import { PortError, type TillHost } from '#core/till/till-host.ts';
import { localAddresses } from './local-addresses.ts';
import { isDatabase } from './mend-database.ts';
import { openMended } from './open-mended.ts';
import { repairTickets, sqliteTickets } from './sqlite-tickets.ts';
import { TILL_MIGRATIONS } from './till-migrations.ts';

/** Under which name a host keeps the token. */
export const TILL_CONNECTION = 'till-connection';

const DAMAGED = 'The disk of this computer has damaged tickets of the till. Look at the till for them.';
/** Tills are other machines. */
const HOST = '0.0.0.0';

/**
 * A kitchen printer on this machine, over `src/capture`, which is loaded with the first use: a machine that cannot load it still shows
 * orders. What it catches is in `till.db` in `dataDir`.
 */
export function nodeTill(dataDir: string, log: Log): TillHost {
  const file = join(dataDir, 'till.db');
  return {
    addresses: localAddresses,
    hasTickets: () => isDatabase(file),
    openTickets() {
      const options = { file, migrations: TILL_MIGRATIONS, synchronous: 'FULL' } as const;
      const { store, damaged } = openMended(options, sqliteTickets, repairTickets);
      if (damaged) {
        log.error('the tickets of tills were damaged; they are kept, and what can be read is in a new file', {
          ...damaged,
        });
        const id = randomUUID();
        store.keep({ id, at: Date.now(), printed: { lines: [], hash: id } }, id, false);
        store.settle(id, 'refused', DAMAGED);
      }
      return store;
    },
    async listen({ port, layout, keep, refused }) {
      const { catchTickets } = await import('#capture/catch-tickets.ts');
      return catchTickets({
        host: HOST,
        port,
        layout,
        async keep(...ticket) {
          keep(...ticket);
          return null;
        },
        refused: async (what, from) => refused(what, from),
      }).catch((error: Error) => {
        const { code } = (error.cause ?? {}) as NodeJS.ErrnoException;
        throw new PortError(code === 'EADDRINUSE', error.message);
      });
    },
    async draftOf({ at, printed: stored }, layout, currency) {
      const [{ mapTicket }, { readTicket }] = await Promise.all([
        import('#capture/map-ticket.ts'),
        import('#capture/read-ticket.ts'),
      ]);
      // All of it was stored.
      const printed = stored as Printed;
      return mapTicket(readTicket(printed.lines, layout), printed, at, currency);
    },
  };
}
