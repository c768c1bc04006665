import { fitItems, noteOf } from '#contract/fit-items.ts';
import type { MappedDraft } from '#contract/order.ts';
import { shortened } from '#contract/shortened.ts';
import type { Fulfilment } from '#contract/status.ts';
import type { TheirOrder } from '../adapter.ts';
import { minorText } from '../mapping/minor-text.ts';
import { fulfillmentNotes } from './fulfillment-notes.ts';
import { mapLine } from './map-line.ts';
import { dueAt, type SquareFulfillment, type SquareMoney, type SquareOrder } from './square-order.ts';
import { isCalledOff, isUnderWay, stateOf } from './state-of.ts';

export interface Shop {
  locationId: string;
  currency: string;
  timeZone: string;
  /** ms since 1970. */
  now(): number;
}

const FULFILMENT: Record<string, Fulfilment> = {
  PICKUP: 'pickup',
  DELIVERY: 'delivery',
  SHIPMENT: 'delivery',
  IN_STORE: 'dine_in',
};
const METHOD: Record<string, string> = { SQUARE_GIFT_CARD: 'Gift card' };

export function mapOrder(order: SquareOrder, shop: Shop): TheirOrder {
  // Only a version says which of two states is newer; without one, each counts as the newer one.
  const theirs = { id: order.id, mark: order.version ?? 0 };
  if (order.location_id && order.location_id !== shop.locationId)
    return { ...theirs, state: { kind: 'none', why: 'It is of another location.' } };
  const state = stateOf(order, shop.now());
  if ('none' in state) return { ...theirs, state: { kind: 'none', why: state.none } };
  return { ...theirs, state: { kind: 'order', draft: draftOf(order, shop), ...state } };
}

function draftOf(order: SquareOrder, shop: Shop): MappedDraft {
  const { fulfillments, total_money: total, reference_id: reference } = order;
  const currency = /^[A-Z]{3}$/.test(total?.currency ?? '') ? (total?.currency ?? '') : shop.currency;
  const made = fulfillments.filter((one) => !isCalledOff(one));
  const shown = made.length > 0 ? made : fulfillments;
  const underWay = shown.filter(isUnderWay);
  const [lead] = shown;
  const source = order.creation_source?.name || order.source?.name;
  const { items, rest } = fitItems(order.line_items.map(mapLine));
  const number = order.ticket_name || (reference.length <= 20 ? reference : '');
  const placed = instantOf(Date.parse(order.created_at));
  const due = instantOf(
    Math.min(...(underWay.length > 0 ? underWay : shown).map(({ details }) => dueAt(details)).filter(Number.isFinite)),
  );
  return {
    ...(number && { number: shortened(number, 20) }),
    ...(lead && { fulfilment: FULFILMENT[lead.type] ?? 'pickup' }),
    ...customerOf(shown),
    items,
    note: noteOf([
      ...fulfillmentNotes(shown, order, shop.timeZone),
      ...rest,
      ...order.discounts.map((one) => chargeText(one.name || 'Discount', one.applied_money, -1, currency)),
      ...order.service_charges.map((one) => chargeText(one.name || 'Charge', one.applied_money, 1, currency)),
      [...order.ticket_name].length > 20 && order.ticket_name,
      reference !== '' && reference !== number && `Reference: ${reference}`,
      (!total || total.amount < 0) && `Total: ${total ? minorText(total.amount, currency) : 'unknown'}`,
      source && `From ${source}`,
    ]),
    currency,
    totalMinor: Math.max(0, total?.amount ?? 0),
    payment: paymentOf(order),
    ...(placed !== null && { placedAt: placed }),
    ...(due !== null && { dueAt: due }),
  };
}

function customerOf(fulfillments: readonly SquareFulfillment[]): Pick<MappedDraft, 'customer'> {
  const known = fulfillments.flatMap(({ details }) => details.recipient ?? []);
  const name = known.find((one) => one.display_name)?.display_name;
  const phone = known.find((one) => one.phone_number)?.phone_number;
  if (!name && !phone) return {};
  return {
    customer: { ...(name && { name: shortened(name, 200) }), ...(phone && { phone: shortened(phone, 64) }) },
  };
}

function paymentOf({ tenders, refunds, total_money, net_amount_due_money: due }: SquareOrder): MappedDraft['payment'] {
  const total = total_money?.amount ?? 0;
  const refunded = sum(refunds.filter(({ status }) => status !== 'REJECTED' && status !== 'FAILED'));
  const isPaid = due ? due.amount <= 0 : tenders.length > 0 && sum(tenders) >= total;
  const method = [...new Set(tenders.map(({ type }) => METHOD[type] ?? inWords(type)))].filter(Boolean).join(', ');
  return {
    status: total > 0 && refunded >= total ? 'refunded' : isPaid ? 'paid' : 'unpaid',
    ...(method && { method: shortened(method, 200) }),
  };
}

const sum = (all: readonly Pick<SquareOrder['tenders'][number], 'amount_money'>[]): number =>
  all.reduce((so, one) => so + (one.amount_money?.amount ?? 0), 0);

/** `BUY_NOW_PAY_LATER` is `Buy now pay later`. */
const inWords = (word: string): string =>
  word.charAt(0).toUpperCase() + word.slice(1).toLowerCase().replaceAll('_', ' ');

const chargeText = (name: string, money: SquareMoney, sign: 1 | -1, currency: string): string =>
  money ? `${name}: ${minorText(sign * money.amount, currency)}` : name;

/** @param ms since 1970; not finite: there is none */
const instantOf = (ms: number): string | null => (Number.isFinite(ms) ? new Date(ms).toISOString() : null);
