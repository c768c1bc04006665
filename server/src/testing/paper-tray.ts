import type { PaperTicket, PrinterModel, PrintOutcome } from '#contract/paper-ticket.ts';

/** A printer without a network: keeps what it prints, and has the trouble that it is given. */
export interface PaperTray {
  /** What came out, as `<address> <headings> <number>: <items>`. */
  papers: string[];
  /** What the next papers meet; null: they print. */
  trouble: Extract<PrintOutcome, { kind: 'trouble' }> | null;
  print(printer: PrinterModel, ticket: PaperTicket): Promise<PrintOutcome>;
}

export function createPaperTray(): PaperTray {
  const tray: PaperTray = {
    papers: [],
    trouble: null,
    async print({ address }, { order, headings }) {
      const items = order.items.map(({ name }) => name).join(', ');
      if (!tray.trouble || tray.trouble.mayBePrinted)
        tray.papers.push([address, ...headings, `${order.number}:`, items].join(' '));
      return tray.trouble ?? { kind: 'printed' };
    },
  };
  return tray;
}
