import type { z } from 'zod';
import type { OrderDraft } from '#contract/order.ts';
import { minorOf } from './minor-of.ts';
import { Refusal, refuse } from './refuse.ts';

type ItemInput = z.input<typeof OrderDraft>['items'][number];

/** Older names of an item's fields. */
const NAMES: Record<string, readonly string[]> = {
  name: ['name', 'title', 'product', 'item'],
  quantity: ['quantity', 'qty', 'count', 'amount'],
  price: ['price', 'unit_price', 'unitPrice'],
  note: ['note', 'notes', 'comment'],
  modifiers: ['modifiers', 'options', 'extras'],
};
const KNOWN = Object.values(NAMES).flat();

/**
 * The items of an older order: a list or its JSON. What has no place in an item of ours is put into its note.
 *
 * @param currency of the order
 */
export function itemsOf(value: unknown, currency: string): ItemInput[] {
  const list = typeof value === 'string' ? parse(value) : value;
  if (!Array.isArray(list) || list.length === 0) throw new Refusal('items: there are none');
  return list.map((item, i) => itemOf(item, `items.${i}`, currency));
}

function itemOf(item: unknown, path: string, currency: string): ItemInput {
  if (typeof item === 'string') return { name: item, quantity: 1 };
  if (typeof item !== 'object' || item === null || Array.isArray(item))
    throw new Refusal(`${path}: must be a name or an object`);
  const fields = item as Record<string, unknown>;
  const field = (what: string): unknown => NAMES[what]?.map((name) => fields[name]).find(isGiven);
  const [quantity, price, note] = [field('quantity') ?? 1, field('price'), field('note')];
  const rest = Object.entries(fields).filter(([name, given]) => !KNOWN.includes(name) && isGiven(given));
  const notes = [note, ...rest.map(([name, given]) => `${name}: ${textOf(given)}`)].filter(isGiven).map(textOf);
  return {
    name: textOf(field('name') ?? ''),
    quantity: Number(quantity),
    modifiers: modifiersOf(field('modifiers'), `${path}.modifiers`),
    ...(notes.length > 0 && { note: notes.join('\n') }),
    ...(price !== undefined && { unitPriceMinor: minorOf(price, currency, `${path}.price`) }),
  };
}

function modifiersOf(value: unknown, path: string): ItemInput['modifiers'] {
  if (value === undefined) return [];
  const list = Array.isArray(value) ? value : [value];
  return list.map((one: unknown, i) => {
    if (typeof one === 'string') return { name: one };
    if (typeof one !== 'object' || one === null) return refuse(`${path}.${i}`, one, 'is not a name');
    const { name, quantity, ...rest } = one as Record<string, unknown>;
    const more = Object.entries(rest).filter(([, given]) => isGiven(given));
    const words = [textOf(name ?? ''), ...more.map(([key, given]) => `${key}: ${textOf(given)}`)];
    return { name: words.join(', '), quantity: Number(quantity ?? 1) };
  });
}

function parse(json: string): unknown {
  try {
    return json.trim() === '' ? [] : JSON.parse(json);
  } catch {
    return refuse('items', json, 'is no JSON');
  }
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';
const textOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
