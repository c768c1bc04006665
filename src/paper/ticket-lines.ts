import { localDay } from '#contract/local-time.ts';
import type { Item, Order } from '#contract/order.ts';
import type { PaperTicket } from '#contract/paper-ticket.ts';
import { removalOf } from '#contract/removal.ts';
import { PAPER_WORDS, type PaperWords } from './words.ts';

/** A line of a ticket, before it is wrapped. */
export interface TicketLine {
  text: string;
  size: 'heading' | 'number' | 'dish' | 'small';
  /** Stands to the left of the text, such as `2x`; later rows stand below the text. */
  lead?: string;
  /** White on black, for what must not be overlooked. */
  inverse?: boolean;
  /** A line across the paper instead of text. */
  rule?: boolean;
}

const RULE: TicketLine = { text: '', size: 'small', rule: true };

/** Without control characters, which a printer would obey, and marks that turn the direction of the text after them. */
const clean = (text: string) =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu, '')
    .replace(/[\p{Cc}\p{Zs}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();

/** The lines of a ticket from top to bottom. */
export function ticketLines({ order, headings, store, language }: PaperTicket): TicketLine[] {
  const words = PAPER_WORDS[language as keyof typeof PAPER_WORDS] ?? PAPER_WORDS.en;
  const lines: TicketLine[] = [
    ...headings.map((heading) => headingLine(heading, words)),
    {
      text: `${store.name} · ${words.placed} ${timeOf(order.placedAt, order.placedAt, store.timeZone)}`,
      size: 'small',
    },
    { text: order.number, size: 'number' },
    { text: whereOf(order, words).join(' · '), size: 'dish' },
  ];
  if (order.dueAt) lines.push({ text: words.due(timeOf(order.dueAt, order.placedAt, store.timeZone)), size: 'dish' });
  if (order.priority) lines.push({ text: words.rush, size: 'dish', inverse: true });
  const who = [order.customer?.name, order.customer?.phone, order.source].filter((part) => part);
  if (who.length > 0) lines.push({ text: who.join(' · '), size: 'small' });
  lines.push(RULE, ...itemLines(order.items, words), RULE);
  if (order.note) lines.push({ text: order.note, size: 'dish', inverse: true });
  lines.push({ text: `${words[order.payment.status]} · ${words.total} ${moneyOf(order)}`, size: 'small' });
  return lines.map((line) => ({ ...line, text: clean(line.text) }));
}

/** The contract's word in every language, so that an owner finds it in the manual. */
function headingLine(heading: PaperTicket['headings'][number], words: PaperWords): TicketLine {
  const word = heading.toUpperCase();
  const text = heading === 'backup' && words.backup !== word ? `${word} · ${words.backup}` : word;
  return { text, size: 'heading', inverse: true };
}

function whereOf(order: Order, words: PaperWords): string[] {
  return order.table ? [words[order.fulfilment], words.table(order.table)] : [words[order.fulfilment]];
}

function itemLines(items: readonly Item[], words: PaperWords): TicketLine[] {
  const courseOf = (item: Item) => item.course ?? 1;
  const courses = [...new Set(items.map(courseOf))].toSorted((a, b) => a - b);
  return courses.flatMap((course) => [
    ...(courses.length > 1 ? [{ text: words.course(course), size: 'small', inverse: true } as const] : []),
    ...items.filter((item) => courseOf(item) === course).flatMap((item) => linesOf(item, words)),
  ]);
}

function linesOf(item: Item, words: PaperWords): TicketLine[] {
  const lines: TicketLine[] = [{ lead: `${item.quantity}x`, text: item.name, size: 'dish' }];
  for (const { name, quantity } of item.modifiers) {
    const removal = removalOf(name);
    const text = removal ? `${removal.before}${removal.words.toUpperCase()}${removal.after}` : name;
    const lead = removal ? '   -' : '   +';
    lines.push({ lead, text: quantity > 1 ? `${quantity}x ${text}` : text, size: 'dish', inverse: removal !== null });
  }
  if (item.note) lines.push({ lead: '   ', text: item.note, size: 'dish', inverse: true });
  if (item.allergens.length > 0) {
    lines.push({ text: `${words.allergy}: ${item.allergens.join(', ')}`, size: 'dish', inverse: true });
  }
  return lines;
}

/** `19:45` by the store's clock; with its date when that is not the day of `beside`. */
function timeOf(at: string, beside: string, timeZone: string): string {
  const ms = Date.parse(at);
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(ms);
  const day = localDay(ms, timeZone);
  return day === localDay(Date.parse(beside), timeZone) ? time : `${day} ${time}`;
}

function moneyOf({ currency, totalMinor }: Order): string {
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return `${(totalMinor / 10 ** digits).toFixed(digits)} ${currency}`;
}
