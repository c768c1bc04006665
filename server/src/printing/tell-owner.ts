import type { PrinterTrouble } from '#contract/paper-ticket.ts';
import type { StoreSubject } from '../service.ts';
import type { PrinterRow } from './print-tables.ts';

/** The subject of a printer's escalation. */
export const aboutPrinter = ({ id, store_id: storeId }: Pick<PrinterRow, 'id' | 'store_id'>): StoreSubject => ({
  storeId,
  kind: 'printer',
  subject: id,
});

const WORDS: Record<PrinterTrouble, string> = {
  away: 'does not answer. Is it on, and is its cable in?',
  cover_open: 'has its cover open. Close it.',
  out_of_paper: 'is out of paper. Put in a new roll.',
  error: 'reports an error. Look at it, and switch it off and on.',
};

export const troubleInWords = ({ name }: Pick<PrinterRow, 'name'>, trouble: PrinterTrouble): string =>
  `The printer ${name} ${WORDS[trouble]} What waits is printed then.`;
