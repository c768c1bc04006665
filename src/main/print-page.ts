import type { WebContents } from 'electron';
import { tellPage } from './tell-page.ts';

/**
 * Prints the page on the system's default printer. No dialog: it would block the page, and with it the alarm, and lead out of a
 * kiosk. A failure shows on the page.
 */
export function printPage(page: WebContents): void {
  page.print({ silent: true, usePrinterDefaultPageSize: true }, (printed) => {
    if (!printed) tellPage(page, { kind: 'error', code: 'print_failed', params: {} });
  });
}
