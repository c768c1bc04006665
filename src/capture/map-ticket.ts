import { createHash } from 'node:crypto';
import { fitItems, noteOf } from '#contract/fit-items.ts';
import type { MappedDraft } from '#contract/order.ts';
import { shortened } from '#contract/shortened.ts';
import { toMinor } from '#contract/to-minor.ts';
import type { Printed } from './printed.ts';
import type { Ticket, TicketItem } from './read-ticket.ts';

const INCOMPLETE = 'INCOMPLETE: the till’s print did not end with a cut. Look at the till for the rest.';
const VOID = 'VOID: cancelled at the till.';
const VOID_ITEM = 'Cancelled at the till: do not make it.';

/** What a ticket says, as an order. Nothing that was printed is lost: what no rule knows is in the note. */
export function mapTicket(ticket: Ticket, printed: Printed, at: number, currency: string): MappedDraft {
  const { items, rest } = fitItems(ticket.items.map((item) => lineOf(item, currency)));
  const note = noteOf([
    !printed.complete && INCOMPLETE,
    ticket.isVoid && VOID,
    ticket.isReprint && 'REPRINT: the till says that it printed this before.',
    printed.unreadable.length > 0 &&
      `Letters shown as � cannot be read: set the till to another code page than ${printed.unreadable.join(', ')}.`,
    printed.moreLines > 0 && `${printed.moreLines} more lines were printed. Look at the till.`,
    ...rest,
    ...ticket.notes,
  ]);
  const { number, table, covers, customer, phone } = ticket;
  const total = ticket.total === null ? null : toMinor(ticket.total, currency);
  return {
    ...(number !== null && { number }),
    fulfilment: table !== null ? 'dine_in' : ticket.isDelivery ? 'delivery' : 'pickup',
    ...(table !== null && { table: shortened(table, 200) }),
    ...(covers !== null && { covers: Math.min(covers, 9_999) }),
    ...((customer !== null || phone !== null) && {
      customer: {
        ...(customer !== null && { name: shortened(customer, 200) }),
        ...(phone !== null && { phone: shortened(phone, 64) }),
      },
    }),
    items,
    ...(note !== undefined && { note }),
    currency,
    totalMinor: total ?? 0,
    placedAt: new Date(at).toISOString(),
  };
}

function lineOf({ name, quantity, modifiers, notes, price, isVoid }: TicketItem, currency: string) {
  return {
    id: '',
    name: isVoid ? `VOID ${name}` : name,
    quantity,
    modifiers: modifiers.map((one) => (one.quantity === 1 ? one.name : `${one.quantity} × ${one.name}`)),
    note: [isVoid && VOID_ITEM, ...notes].filter(Boolean).join('\n'),
    allergens: [],
    // A price beside several may be of one or of all.
    unitPriceMinor: price === null || quantity !== 1 ? null : toMinor(price, currency),
  };
}

/** What makes a reprint the same ticket: not its time, nor who asked for it. */
export const contentOf = ({ number, table, items }: Ticket): string =>
  createHash('sha256')
    .update(
      JSON.stringify([number, table, items.map((item) => [item.name, item.quantity, item.modifiers, item.isVoid])]),
    )
    .digest('hex');
