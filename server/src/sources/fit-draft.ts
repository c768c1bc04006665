import { type MappedDraft, OrderDraft } from '#contract/order.ts';
import { shortened } from '#contract/shortened.ts';
import { validationMessages } from '../validation-messages.ts';

const ITEMS = 200;
const NAME = 200;
const NOTE = 2_000;

/**
 * A service's order within our limits: what is too long is cut and repeated in the note, so that no order is lost for its
 * length. Throws a `ZodError` of what cannot be mended.
 */
export function fitDraft(draft: MappedDraft): OrderDraft {
  const lines: string[] = draft.note ? [draft.note] : [];
  const { items, ...rest } = clean(draft);
  const kept = items.slice(0, ITEMS).map((item) => {
    if (length(item.name) > NAME) lines.push(item.name);
    if (length(item.note ?? '') > NOTE) lines.push(`The note of ${shortened(item.name, 50)} is longer: read it there.`);
    return {
      ...item,
      name: shortened(item.name, NAME),
      ...(item.note !== undefined && { note: shortened(item.note, NOTE) }),
    };
  });
  if (items.length > ITEMS)
    lines.unshift(
      `${items.length - ITEMS} more items: ${items
        .slice(ITEMS)
        .map(({ quantity, name }) => `${quantity} × ${name}`)
        .join(', ')}`,
    );
  const note = lines.join('\n');
  return OrderDraft.parse(
    { ...rest, items: kept, ...(note && { note: shortened(note, NOTE) }) },
    { error: validationMessages },
  );
}

const length = (text: string): number => [...text].length;

/** Without what databases do not keep: NUL and lone surrogates. */
function clean<T>(value: T): T {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\u0000', '') as T;
  if (Array.isArray(value)) return value.map(clean) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, clean(one)])) as T;
}
