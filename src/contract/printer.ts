import { z } from 'zod';
import { Name, optional, ShortText, StoreId, Timestamp, text } from './field-types.ts';
import { isPrinterAddress } from './printer-address.ts';

/** Kitchen printers (contract, section 14). */

export const PRINTER_COLUMNS = [32, 42, 48] as const;
export const PRINTER_DOTS = [384, 512, 576] as const;
export const PRINT_ENCODINGS = ['raster', 'text'] as const;
export const PRINT_COMMANDS = ['escpos', 'impact'] as const;
/** When a printer prints an order by itself, or (`manual`) when somebody asks for it. */
export const PRINT_OCCASIONS = ['manual', 'accepted', 'ready', 'no_display'] as const;
export type PrintOccasion = (typeof PRINT_OCCASIONS)[number];
/** Why a paper is printed. */
export type PrintReason = PrintOccasion | 'test';

/** `host:port`; an IPv6 address stands in brackets. */
export const PrinterAddress = text(255, 1).refine(
  isPrinterAddress,
  'must be a host and a port, such as 192.168.1.50:9100',
);

const fields = {
  name: Name,
  address: PrinterAddress,
  columns: z.literal(PRINTER_COLUMNS),
  dots: z.literal(PRINTER_DOTS),
  encoding: z.enum(PRINT_ENCODINGS),
  command: z.enum(PRINT_COMMANDS),
  on: z.array(z.enum(PRINT_OCCASIONS)).transform((on) => [...new Set(on)]),
  /** Only the items of this station, by its id. */
  station: optional(ShortText),
};

export const PrinterDraft = z.strictObject({
  ...fields,
  columns: fields.columns.default(48),
  dots: fields.dots.default(576),
  encoding: fields.encoding.default('raster'),
  command: fields.command.default('escpos'),
  on: fields.on.default(['manual']),
});
export type PrinterDraft = z.output<typeof PrinterDraft>;

/** `station` null: all items. */
export const PrinterPatch = z.strictObject({
  name: optional(fields.name),
  address: optional(fields.address),
  columns: optional(fields.columns),
  dots: optional(fields.dots),
  encoding: optional(fields.encoding),
  command: optional(fields.command),
  on: optional(fields.on),
  station: ShortText.nullable().optional(),
});
export type PrinterPatch = z.output<typeof PrinterPatch>;

export const PRINTER_TROUBLES = ['away', 'cover_open', 'out_of_paper', 'error'] as const;
export const Printer = z.object({
  id: z.string(),
  storeId: StoreId,
  name: z.string(),
  address: z.string(),
  columns: z.literal(PRINTER_COLUMNS),
  dots: z.literal(PRINTER_DOTS),
  encoding: z.enum(PRINT_ENCODINGS),
  command: z.enum(PRINT_COMMANDS),
  on: z.array(z.enum(PRINT_OCCASIONS)),
  station: z.string().nullable(),
  createdAt: Timestamp,
  /** Why it does not print now; null: it prints, as far as is known. */
  trouble: z.enum(PRINTER_TROUBLES).nullable(),
  /** Jobs that wait. */
  waiting: z.int(),
  /** When the first of them was asked for; null: none waits. */
  waitingSince: Timestamp.nullable(),
});
export type Printer = z.infer<typeof Printer>;

/** The body of `POST /orders/:id/print`. */
export const PrintRequest = z.strictObject({ printerId: text(64, 1) });

/** A job of a printer. */
export const PRINT_STATES = ['waiting', 'printed', 'given_up'] as const;
export const PrintJob = z.object({
  id: z.string(),
  printerId: z.string(),
  /** null: a test page. */
  orderId: z.string().nullable(),
  state: z.enum(PRINT_STATES),
  /** Why it is not printed yet, or not at all. */
  trouble: z.enum(PRINTER_TROUBLES).nullable(),
});
export type PrintJob = z.infer<typeof PrintJob>;
