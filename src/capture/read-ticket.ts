import type { JobLine, Layout, LineRule } from '#contract/caught-job.ts';
import { rulesOf } from './layouts.ts';
import { type Fits, type Match, matchRules } from './match-rules.ts';

export interface TicketItem {
  name: string;
  quantity: number;
  modifiers: { name: string; quantity: number }[];
  notes: string[];
  /** Of all of them, decimal; null: none is printed. */
  price: string | null;
  /** The till took it back. */
  isVoid: boolean;
}

/** What rules make of a job's lines. */
export interface Ticket {
  number: string | null;
  table: string | null;
  covers: number | null;
  customer: string | null;
  phone: string | null;
  isDelivery: boolean;
  isReprint: boolean;
  /** The whole ticket is taken back. */
  isVoid: boolean;
  /** Decimal; null: none is printed. */
  total: string | null;
  items: TicketItem[];
  /** Lines that are none of these, in their order. */
  notes: string[];
  /** The rule that each line fits. */
  rules: (LineRule | null)[];
  /** Whether the items are the lines as they are, since no rule fits. */
  isPlain: boolean;
  problem: string | null;
}

const TOO_SLOW = 'The rules take too long: make them simpler. Until then each line is an item.';
/** A number by itself, printed large. */
const LARGE_NUMBER = /^[\s*#№]*(\p{L}{0,3}-?\d{1,6})[\s*]*$/u;
/** An unindented line that belongs to the item above it. */
const LOUD = /^\s*[*!>(]/;

/** Reads a ticket by a layout's rules. Where none finds an item, the lines as they are are the items. */
export function readTicket(lines: readonly JobLine[], layout: Layout): Ticket {
  const ticket = emptyTicket();
  const fits = matchRules(
    lines.map(({ text }) => text),
    rulesOf(layout).rules,
  );
  if (!fits) return { ...asPrinted(ticket, lines, []), problem: TOO_SLOW };
  let isBelowItem = false;
  let firstIndent: number | null = null;
  for (const [i, line] of lines.entries()) {
    const rule = place(line, fits[i] ?? {});
    ticket.rules.push(rule);
  }
  if (ticket.items.length === 0) return asPrinted(ticket, lines, ticket.rules);
  // With no item below it, it is about those above.
  if (ticket.isVoid && ticket.items.every(({ isVoid }) => !isVoid)) for (const item of ticket.items) item.isVoid = true;
  return ticket;

  function place(line: JobLine, fit: Fits): LineRule | null {
    const { text } = line;
    if (fit.ignore) {
      isBelowItem = false;
      return 'ignore';
    }
    const fact = factsOf(line, fit, ticket);
    if (fact) {
      isBelowItem = false;
      return fact;
    }
    const item = ticket.items.at(-1);
    if (fit.note) {
      (item && isBelowItem ? item.notes : ticket.notes).push(text.trim());
      return 'note';
    }
    if (fit.void) {
      const found = fit.rest ?? (fit.void.groups.length > 0 ? fit.void : null);
      if (found) addItem(found, true);
      else ticket.isVoid = true;
      return 'void';
    }
    const indent = text.length - text.trimStart().length;
    const isItem = fit.item && (!fit.modifier || !item || (firstIndent !== null && indent <= firstIndent));
    if (fit.item && isItem) {
      firstIndent ??= indent;
      addItem(fit.item, false);
      return 'item';
    }
    if (fit.modifier && item && isBelowItem) {
      item.modifiers.push(countedOf(fit.modifier, text));
      return 'modifier';
    }
    const isOfItem = item && isBelowItem && (line.marked || LOUD.test(text));
    (isOfItem ? item.notes : ticket.notes).push(text.trim());
    return null;
  }

  function addItem(match: Match, isVoid: boolean): void {
    const { name, quantity } = countedOf(match, match.text);
    const price = amountOf(match.named.price ?? match.groups[2]);
    const isTakenBack = isVoid || ticket.isVoid || /^-/.test(match.named.quantity ?? '');
    ticket.items.push({ name, quantity, modifiers: [], notes: [], price, isVoid: isTakenBack });
    isBelowItem = true;
  }
}

/** Reads what is said of the whole order; the first of a kind counts. @returns the first rule that found something */
function factsOf({ text, height, width }: JobLine, fit: Fits, ticket: Ticket): LineRule | null {
  const found: [LineRule, string][] = [];
  function take(rule: 'number' | 'table' | 'customer' | 'phone' | 'covers' | 'total', set: (value: string) => void) {
    const match = fit[rule];
    const value = (match?.named[rule] ?? match?.groups.find((one) => one !== null) ?? match?.text)?.trim();
    if (!match || !value || ticket[rule] !== null) return;
    set(value);
    found.push([rule, match.text]);
  }
  if (fit.reprint) {
    ticket.isReprint = true;
    found.push(['reprint', fit.reprint.text]);
  }
  take('number', (value) => (ticket.number = value.slice(0, 20)));
  take('table', (value) => (ticket.table = value));
  take('covers', (value) => (ticket.covers = Number.parseInt(value, 10) || null));
  take('customer', (value) => (ticket.customer = value));
  take('phone', (value) => (ticket.phone = value));
  take('total', (value) => (ticket.total = amountOf(value)));
  if (fit.delivery) {
    ticket.isDelivery = true;
    found.push(['delivery', fit.delivery.text]);
  }
  const large = height > 1 || width > 1 ? LARGE_NUMBER.exec(text)?.[1] : undefined;
  if (large && ticket.number === null) {
    ticket.number = large;
    found.push(['number', text]);
  }
  // What else the line says is not lost.
  const rest = found.reduce((left, [, part]) => left.replace(part, ' '), text);
  if (found.length > 0 && /\p{L}{2}|\d{2}/u.test(rest)) ticket.notes.push(text.trim());
  return found[0]?.[0] ?? null;
}

/** Name and quantity: named groups, or the first two, or the first. */
function countedOf({ named, groups }: Match, text: string): { name: string; quantity: number } {
  const isNamed = named.name !== undefined || named.quantity !== undefined;
  const [first = null, second = null] = groups;
  const isCounted = !isNamed && second !== null && /^\s*-?\d+\s*$/.test(first ?? '');
  const name = isNamed ? named.name : isCounted ? second : first;
  const quantity = isNamed ? named.quantity : isCounted ? first : null;
  return { name: (name ?? text).trim(), quantity: Math.max(1, Math.abs(Number.parseInt(quantity ?? '1', 10)) || 1) };
}

/** `1 234,50` as `1234.50`. */
const amountOf = (text: string | null | undefined): string | null => {
  const found = text?.replace(/\s/g, '').match(/(\d+)[.,](\d{2})$/);
  return found ? `${found[1]}.${found[2]}` : null;
};

function asPrinted(ticket: Ticket, lines: readonly JobLine[], rules: readonly (LineRule | null)[]): Ticket {
  const kept = lines.filter((_line, i) => rules[i] !== 'ignore');
  const items = kept.map(({ text }) => ({
    name: text.trim(),
    quantity: 1,
    modifiers: [],
    notes: [],
    price: null,
    isVoid: false,
  }));
  return { ...ticket, items, notes: [], rules: lines.map((_line, i) => rules[i] ?? null), isPlain: true };
}

const emptyTicket = (): Ticket => ({
  number: null,
  table: null,
  covers: null,
  customer: null,
  phone: null,
  isDelivery: false,
  isReprint: false,
  isVoid: false,
  total: null,
  items: [],
  notes: [],
  rules: [],
  isPlain: false,
  problem: null,
});
