import type { ItemDraft } from './order.ts';
import { shortened } from './shortened.ts';

const NAME = 200;
const NOTE = 2_000;
const ITEMS = 200;
const MODIFIERS = 100;
const QUANTITY = 9_999;

export interface ShopModifier {
  name: string;
  /** 1 to 9,999. */
  quantity: number;
}

/** A line of an order as a shop has it; of any length. */
export interface ShopLine {
  /** Theirs; '': none. */
  id: string;
  name: string;
  /** May be 0, negative or a fraction. */
  quantity: number;
  /** Of text: one of it. */
  modifiers: readonly (string | ShopModifier)[];
  note: string;
  allergens: readonly string[];
  unitPriceMinor: number | null;
}

/**
 * Fits a shop's lines into our limits. What does not fit is in the note of the item, or in `rest` for the note of the order.
 * There is always an item: an order without one could not be shown.
 */
export function fitItems(lines: readonly ShopLine[]): { items: ItemDraft[]; rest: string[] } {
  const cooked = lines.filter(({ quantity }) => quantity > 0);
  const others = [...lines.filter(({ quantity }) => !(quantity > 0)), ...cooked.slice(ITEMS)];
  const items = cooked.slice(0, ITEMS).map(fitItem);
  const ids = items.map(({ id }) => id);
  return {
    // Ids that repeat would refuse the order.
    items: (items.length > 0 ? items : [{ name: 'See the note', quantity: 1 }]).map(({ id, ...item }, i) =>
      id !== undefined && ids.indexOf(id) === i ? { id, ...item } : item,
    ),
    rest: others.map(inOneLine),
  };
}

function fitItem({ id, name, quantity, note, allergens, unitPriceMinor, ...line }: ShopLine): ItemDraft {
  const isWhole = Number.isInteger(quantity) && quantity <= QUANTITY;
  const modifiers = line.modifiers.map(asModifier);
  const notes = [
    isWhole ? '' : `Quantity: ${quantity}`,
    [...name].length > NAME ? name : '',
    ...modifiers.filter((one, i) => i >= MODIFIERS || [...one.name].length > NAME).map(modifierText),
    note,
    ...allergens.slice(50),
  ].filter(Boolean);
  return {
    ...(id !== '' && id.length <= 64 && { id }),
    name: shortened(name, NAME) || 'No name',
    quantity: isWhole ? quantity : Math.min(QUANTITY, Math.max(1, Math.ceil(quantity))),
    ...(modifiers.length > 0 && {
      modifiers: modifiers.slice(0, MODIFIERS).map((one) => ({ ...one, name: shortened(one.name, NAME) })),
    }),
    ...(notes.length > 0 && { note: shortened(notes.join('\n'), NOTE) }),
    ...(allergens.length > 0 && { allergens: allergens.slice(0, 50).map((text) => shortened(text, 100)) }),
    ...(unitPriceMinor !== null && unitPriceMinor >= 0 && { unitPriceMinor }),
  };
}

const inOneLine = ({ name, quantity, modifiers, note }: ShopLine): string =>
  [`${quantity} × ${name || 'No name'}`, ...modifiers.map(asModifier).map(modifierText), note]
    .filter(Boolean)
    .join(', ');

const asModifier = (one: string | ShopModifier): ShopModifier =>
  typeof one === 'string' ? { name: one, quantity: 1 } : one;
const modifierText = ({ name, quantity }: ShopModifier): string => (quantity === 1 ? name : `${quantity} × ${name}`);

/** The note of an order from its parts; the first are kept if it is too long. undefined: there are none. */
export function noteOf(parts: readonly (string | false | null | undefined)[]): string | undefined {
  const text = parts.filter(Boolean).join('\n');
  return text === '' ? undefined : shortened(text, NOTE);
}
