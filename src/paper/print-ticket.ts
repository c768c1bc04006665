import type { PaperTicket, PrinterModel, PrintOutcome } from '#contract/paper-ticket.ts';
import { drawTicket } from './draw-ticket.ts';
import { pictureJob, textJob } from './escpos.ts';
import { sendJob } from './send-job.ts';
import { ticketLines } from './ticket-lines.ts';
import { PAPER_WORDS } from './words.ts';

/** Dots across the paper of an impact printer with single density (TM-U220). */
const IMPACT_DOTS = 200;
const PRINTABLE = /^[\x20-\x7e]*$/;

/** The bytes of a ticket. A text printer gets a picture of what is more than ASCII, for its own letters may lack it. */
export async function ticketJob(printer: Omit<PrinterModel, 'address'>, ticket: PaperTicket): Promise<Buffer> {
  const lines = ticketLines(ticket);
  if (printer.encoding === 'text') {
    const plain = lines.map((line) => ({ ...line, text: line.text.replaceAll(' · ', ' - ') }));
    if (plain.every(({ text }) => PRINTABLE.test(text))) return textJob(plain, printer.columns);
  }
  const { unknownLetter } = PAPER_WORDS[ticket.language as keyof typeof PAPER_WORDS] ?? PAPER_WORDS.en;
  const width = printer.command === 'impact' ? IMPACT_DOTS : printer.dots;
  return pictureJob(await drawTicket(lines, width, unknownLetter), printer.command);
}

/** Draws a ticket, asks the printer for its state, sends, and asks again. Does not throw. */
export async function printTicket(
  printer: PrinterModel,
  ticket: PaperTicket,
  { signal }: { signal: AbortSignal },
): Promise<PrintOutcome> {
  let job: Buffer;
  try {
    job = await ticketJob(printer, ticket);
  } catch {
    return { kind: 'trouble', trouble: 'error', mayBePrinted: false };
  }
  return sendJob(printer.address, job, { signal });
}
