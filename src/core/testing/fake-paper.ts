import type { PaperTicket, PrinterModel, PrintOutcome } from '#contract/paper-ticket.ts';
import type { Paper } from '../ports.ts';

const AWAY: PrintOutcome = { kind: 'trouble', trouble: 'away', mayBePrinted: false };

/** Printers without paper: each ticket is a line such as `pass:9100 reprint 117: Lobio`. */
export function createFakePaper() {
  const papers: string[] = [];
  let outcome: PrintOutcome | 'never' = { kind: 'printed' };
  const paper: Paper = {
    print(printer, ticket) {
      const now = outcome;
      if (now === 'never') {
        let cancel: () => void = () => undefined;
        const cancelled = new Promise<PrintOutcome>((resolve) => {
          cancel = () => resolve(AWAY);
        });
        return { outcome: cancelled, cancel };
      }
      if (now.kind === 'printed' || now.mayBePrinted) papers.push(lineOf(printer, ticket));
      return { outcome: Promise.resolve(now), cancel: () => undefined };
    },
  };
  return {
    paper,
    papers,
    /** Of what is printed from now on; `never`: it does not end before it is cancelled. */
    answer(to: PrintOutcome | 'never'): void {
      outcome = to;
    },
  };
}

const lineOf = ({ address }: PrinterModel, { headings, order }: PaperTicket): string =>
  [address, ...headings, `${order.number}: ${order.items.map(({ name }) => name).join(', ')}`].join(' ');
