import { OrderDraft } from '#contract/order.ts';
import { type Fulfilment, isOpen, STATUS_WORDS, type Status, statusOfWord } from '#contract/status.ts';
import { instantOf } from './instant-of.ts';
import { itemsOf } from './items-of.ts';
import { minorOf } from './minor-of.ts';
import type { Column, OldRow } from './old-row.ts';
import { Refusal, refuse } from './refuse.ts';

/** Older words for how an order leaves, in lower case without spaces, dashes and underscores. */
const FULFILMENT_WORDS: Record<string, Fulfilment> = {
  pickup: 'pickup',
  takeaway: 'pickup',
  takeout: 'pickup',
  collection: 'pickup',
  delivery: 'delivery',
  shipping: 'delivery',
  dinein: 'dine_in',
  eatin: 'dine_in',
  table: 'dine_in',
  booking: 'booking',
  reservation: 'booking',
};
/** Longer ids are no numbers to call out. */
const LONGEST_NUMBER = 12;

/** An order as the log takes it. */
export interface ImportedOrder {
  draft: OrderDraft & { externalId: string; status: Status };
  /** For a finished order: its time in lists and figures, ISO. */
  finishedAt: string | undefined;
}

export interface ImportStore {
  currency: string;
  timeZone: string;
  /** ms since 1970. */
  now: number;
}

/**
 * The order of an older system's row (contract, section 16).
 *
 * @param externalId `import:` and the row's id
 * @throws Refusal
 */
export function orderOfRow({ kind, values, fault }: OldRow, externalId: string, store: ImportStore): ImportedOrder {
  if (fault) throw new Refusal(fault);
  const text = (column: Column): string | undefined => textOf(values[column]);
  const id = text('id') ?? '';
  const status = statusOf(text('status'));
  const currency = (text('currency') ?? store.currency).toUpperCase();
  if (!/^[A-Z]{3}$/.test(currency)) refuse('currency', currency, 'is no code such as GEL');
  const created = text('created_at');
  if (created === undefined && kind === 'order') throw new Refusal('created_at: is missing');
  const placedAt = created === undefined ? undefined : instantOf(created, store.timeZone, 'created_at');
  const date = text('date');
  const dueAt = date === undefined ? undefined : instantOf(date, store.timeZone, 'date');
  const total = values.total === null || text('total') === undefined ? undefined : values.total;
  if (total === undefined && kind === 'order') throw new Refusal('total: is missing');
  const { fulfilment, typeNote } = fulfilmentOf(kind, text('type'));
  const covers = text('covers');
  const note = [typeNote, text('note')].filter((part) => part !== undefined).join('\n');
  const parsed = OrderDraft.safeParse({
    externalId,
    number: id.length <= LONGEST_NUMBER ? id : id.slice(-6),
    source: 'import',
    fulfilment,
    status,
    customer: customerOf(values.customer, text('phone')),
    table: text('table'),
    covers: covers === undefined ? undefined : wholeNumber(covers),
    items:
      hasItems(values.items) || kind === 'order' ? itemsOf(values.items, currency) : [{ name: 'Booking', quantity: 1 }],
    note,
    currency,
    totalMinor: total === undefined ? 0 : minorOf(total, currency, 'total'),
    placedAt,
    dueAt,
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Refusal(`${issue?.path.join('.')}: ${issue?.message}`);
  }
  const finishedAt = isOpen(status) ? undefined : notAfter(placedAt ?? dueAt, store.now);
  return { draft: { ...parsed.data, externalId, status }, finishedAt };
}

function statusOf(word: string | undefined): Status {
  if (word === undefined) throw new Refusal('status: is missing');
  const known = STATUS_WORDS.find((one) => one === word.toLowerCase());
  if (known) return statusOfWord(known);
  return refuse('status', word, `is none of ${STATUS_WORDS.join(', ')}`);
}

/** A booking is one whatever its type says, which is kept in the note. */
function fulfilmentOf(kind: OldRow['kind'], type: string | undefined) {
  const known = FULFILMENT_WORDS[(type ?? '').toLowerCase().replaceAll(/[\s_-]/g, '')];
  if (kind === 'booking') return { fulfilment: 'booking' as const, typeNote: known === 'booking' ? undefined : type };
  if (type !== undefined && !known)
    return refuse('type', type, 'is none of pickup, delivery, dine_in, booking and their usual names');
  return { fulfilment: known ?? ('pickup' as const), typeNote: undefined };
}

function customerOf(customer: unknown, phone: string | undefined) {
  if (typeof customer !== 'object' || customer === null) return { name: textOf(customer), phone };
  const { ref, name, phone: own } = customer as Record<string, unknown>;
  return { ref: textOf(ref), name: textOf(name), phone: phone ?? textOf(own) };
}

const wholeNumber = (text: string): number =>
  /^\d+(\.0+)?$/.test(text) ? Number(text) : refuse('covers', text, 'is not a whole number');

const notAfter = (at: string | undefined, now: number): string =>
  new Date(Math.min(at === undefined ? now : Date.parse(at), now)).toISOString();

const hasItems = (items: unknown): boolean =>
  Array.isArray(items) ? items.length > 0 : textOf(items) !== undefined && String(items).trim() !== '[]';

/** Without spaces around it; undefined: nothing is given. */
function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  const text = String(value).trim();
  return text === '' ? undefined : text;
}
