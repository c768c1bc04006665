import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PaperTicket, PrinterModel } from '#contract/paper-ticket.ts';
import { printTicket, ticketJob } from './print-ticket.ts';
import { startFakePrinter } from './testing/fake-printer.ts';
import { readStep } from './testing/read-job.ts';
import { sampleOrder } from './testing/sample-orders.ts';

let printer: Awaited<ReturnType<typeof startFakePrinter>>;
beforeEach(async () => {
  printer = await startFakePrinter();
});
afterEach(() => printer.stop());

const ORDER = sampleOrder('117', [{ name: 'Burger', quantity: 2, modifiers: ['no onion', 'extra cheese'] }]);
const ticketOf = (order = ORDER, headings: PaperTicket['headings'] = []): PaperTicket => ({
  order,
  headings,
  store: { name: 'Main', timeZone: 'Asia/Tbilisi' },
  language: 'en',
});
const model = (rest: Partial<PrinterModel> = {}): PrinterModel => ({
  address: printer.address,
  columns: 48,
  dots: 576,
  encoding: 'raster',
  command: 'escpos',
  ...rest,
});
const print = (ticket = ticketOf(), rest: Partial<PrinterModel> = {}) =>
  printTicket(model(rest), ticket, { signal: AbortSignal.timeout(30_000) });

const blackDots = () => printer.jobs[0]?.rows.flat().filter((dot) => dot).length ?? 0;

test('a ticket is printed as a picture in bands of at most 200 rows, and cut', async () => {
  expect(await print()).toEqual({ kind: 'printed' });
  expect(printer.errors).toEqual([]);
  const [job] = printer.jobs;
  expect(Math.max(...(job?.bands ?? []))).toBe(200);
  expect(job?.rows[0]).toHaveLength(576);
  expect(job?.cuts).toBe(1);
  expect(blackDots()).toBeGreaterThan(5_000);
});

test('an impact printer gets columns of eight needles, 200 dots wide', async () => {
  expect(await print(ticketOf(), { command: 'impact' })).toEqual({ kind: 'printed' });
  expect(printer.errors).toEqual([]);
  expect(new Set(printer.jobs[0]?.bands)).toEqual(new Set([8]));
  expect(printer.jobs[0]?.rows[0]).toHaveLength(200);
});

test('a text printer prints plain ASCII in its own letters', async () => {
  expect(await print(ticketOf(ORDER, ['backup']), { encoding: 'text', columns: 32 })).toEqual({ kind: 'printed' });
  expect(printer.errors).toEqual([]);
  expect(printer.jobs[0]?.text.split('\n').map((row) => row.trimEnd())).toEqual([
    'BACKUP',
    'Main - Placed 21:31',
    '117',
    'Dine in - Table 12',
    'pos',
    '--------------------------------',
    '2x Burger',
    '   - NO onion',
    '   + extra cheese',
    '--------------------------------',
    'Paid - Total 42.50 EUR',
    '',
  ]);
});

test('a text printer prints a ticket with other than ASCII as a picture', async () => {
  await print(ticketOf(sampleOrder('9', [{ name: 'ხაჭაპური' }])), { encoding: 'text' });
  expect(printer.jobs[0]?.text.trim()).toBe('');
  expect(blackDots()).toBeGreaterThan(5_000);
});

test('nothing in an order is a command to the printer', async () => {
  const evil = sampleOrder('1', [{ name: 'Tea\u001bp\u0000\u0010\u0004\u001dV\u0000 cup' }], {
    note: '\u001b@\u001bi',
  });
  for (const encoding of ['text', 'raster'] as const) {
    let rest = await ticketJob(model({ encoding }), ticketOf(evil));
    let cuts = 0;
    while (rest.length > 0) {
      const step = readStep(rest);
      if (!step) throw new Error('the job ends within a command');
      if (rest[0] === 0x1d && rest[1] === 0x56) cuts += 1;
      rest = rest.subarray(step.length);
    }
    expect(cuts).toBe(1);
  }
});

test('out of paper, or with its cover open, a printer gets nothing of the job', async () => {
  printer.state.paper = false;
  expect(await print()).toEqual({ kind: 'trouble', trouble: 'out_of_paper', mayBePrinted: false });
  printer.state.paper = true;
  printer.state.coverOpen = true;
  expect(await print()).toEqual({ kind: 'trouble', trouble: 'cover_open', mayBePrinted: false });
  expect(printer.jobs).toEqual([]);
});

test('a line that breaks within the job may have printed it', async () => {
  printer.state.cutAfter = 3_000;
  expect(await print()).toEqual({ kind: 'trouble', trouble: 'away', mayBePrinted: true });
});

test('a printer that is away has printed nothing', async () => {
  const { address } = printer;
  await printer.stop();
  printer = await startFakePrinter();
  expect(await print(ticketOf(), { address })).toEqual({ kind: 'trouble', trouble: 'away', mayBePrinted: false });
});

test('a printer that never answers prints', async () => {
  printer.state.silent = true;
  expect(await print()).toEqual({ kind: 'printed' });
  expect(printer.jobs[0]?.cuts).toBe(1);
});

test('a slow printer prints', async () => {
  printer.state.slowMs = 50;
  expect(await print()).toEqual({ kind: 'printed' });
});
