import type { Log, Paper } from '#core/ports.ts';

/** Prints over the network. What draws the tickets is loaded with the first one: a machine that cannot load it still shows orders. */
export function nodePaper(log: Log): Paper {
  return {
    print(printer, ticket) {
      const ending = new AbortController();
      const outcome = import('#paper/print-ticket.ts')
        .then(({ printTicket }) => printTicket(printer, ticket, ending))
        .catch((error: unknown) => {
          log.error('a ticket could not be drawn', { error: String(error) });
          return { kind: 'trouble', trouble: 'error', mayBePrinted: false } as const;
        });
      return { outcome, cancel: () => ending.abort() };
    },
  };
}
