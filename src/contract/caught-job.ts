import { z } from 'zod';
import { optional, Timestamp, text } from './field-types.ts';
import { Order } from './order.ts';

/** What a till prints, as a source of the kind `print` catches it, and the rules that make an order of it (ADR 46). */

/** A line of a caught job. */
export const JobLine = z.object({
  text: z.string(),
  /** How often the usual height and width. */
  height: z.int(),
  width: z.int(),
  bold: z.boolean(),
  /** In the second colour, or white on black. */
  marked: z.boolean(),
});
export type JobLine = z.infer<typeof JobLine>;

/** What a rule says that a line is. */
export const LINE_RULES = [
  'ignore',
  'reprint',
  'number',
  'table',
  'covers',
  'customer',
  'phone',
  'delivery',
  'total',
  'void',
  'modifier',
  'item',
  'note',
] as const;
export type LineRule = (typeof LINE_RULES)[number];

export const LAYOUTS = ['generic', 'columns', 'last', 'receipt', 'cyrillic', 'german'] as const;
export type LayoutName = (typeof LAYOUTS)[number];

/** Most characters of a rule. */
const PATTERN_LENGTH = 300;
const PATTERNS = 10;

const Pattern = text(PATTERN_LENGTH).refine(isPattern, 'must be a regular expression');
const Patterns = optional(z.union([Pattern, z.array(Pattern).max(PATTERNS)]));

const rules = Object.fromEntries(LINE_RULES.map((rule) => [rule, Patterns])) as Record<LineRule, typeof Patterns>;

/**
 * Rules of a till's tickets: regular expressions, without regard to case. What is read is in groups of the rule's names (`number`, `table`,
 * `quantity`, `name`, `price`, …), or in the first groups. A rule replaces the one of `base`; `[]` switches it off.
 */
export const LayoutRules = z.strictObject({
  base: optional(z.enum(LAYOUTS)),
  /** What the till writes in until it chooses a code page, such as `PC866`. */
  codePage: optional(text(20, 1)),
  ...rules,
});
export type LayoutRules = z.output<typeof LayoutRules>;
export const Layout = z.union([z.enum(LAYOUTS), LayoutRules]);
export type Layout = z.output<typeof Layout>;

/** A caught job beside what rules make of it. */
export const CaughtJob = z.object({
  id: z.string(),
  at: Timestamp,
  /** Whether it ended with a cut. */
  complete: z.boolean(),
  /** With the rule that each fits; null: none. */
  lines: z.array(JobLine.extend({ rule: z.enum(LINE_RULES).nullable() })),
  /** The order that the rules make of it. */
  order: z.object({
    number: z.string().nullable(),
    table: z.string().nullable(),
    fulfilment: Order.shape.fulfilment,
    customer: z.object({ name: z.string().nullable(), phone: z.string().nullable() }).nullable(),
    covers: z.int().nullable(),
    items: z.array(
      z.object({
        name: z.string(),
        quantity: z.int(),
        modifiers: z.array(z.object({ name: z.string(), quantity: z.int() })),
        note: z.string().nullable(),
      }),
    ),
    note: z.string().nullable(),
    totalMinor: z.int(),
  }),
  /** No rule finds an item: the items are the lines as they are. */
  plain: z.boolean(),
  /** What went wrong with the rules; null: nothing. */
  problem: z.string().nullable(),
});
export type CaughtJob = z.infer<typeof CaughtJob>;

/** The body of `POST /sources/:id/try`: one job, or all that are kept. */
export const TryLayout = z.strictObject({ layout: Layout, job: optional(text(200, 1)) });
export type TryLayout = z.output<typeof TryLayout>;
export const CaughtJobs = z.object({ jobs: z.array(CaughtJob) });

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern, 'i');
    return true;
  } catch {
    return false;
  }
}
