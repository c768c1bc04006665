import { fitItems, noteOf, type ShopLine } from '#contract/fit-items.ts';
import type { MappedDraft } from '#contract/order.ts';
import { shortened } from '#contract/shortened.ts';
import { STATUS_WORDS, type Status, statusOfWord } from '#contract/status.ts';
import { toMinor } from '#contract/to-minor.ts';
import type { TheirOrder, TheirState } from '../adapter.ts';
import { customerOf } from '../mapping/customer-of.ts';
import { deliverTo } from '../mapping/deliver-to.ts';
import { plainText } from '../mapping/plain-text.ts';
import { type MetaKeys, metaText, whenAndWhere } from '../mapping/when-and-where.ts';
import { modifiedAt, type WooAddress, type WooLine, type WooOrder } from './woo-order.ts';

export interface Shop {
  currency: string;
  timeZone: string;
  metaKeys: MetaKeys;
}

/** Carts and payments that failed: nobody ordered yet. The block checkout saves drafts, and tells of them as orders. */
const NO_ORDER = new Set(['checkout-draft', 'auto-draft', 'draft', 'pending', 'failed', '']);
/** WooCommerce's own words. */
const STATUS: Record<string, Status> = {
  processing: 'pending',
  'on-hold': 'pending',
  completed: 'completed',
  cancelled: 'cancelled',
  refunded: 'cancelled',
  trash: 'cancelled',
};
/** Paid to whoever hands it over; the shop still writes a payment date when it is taken over. */
const PAID_AT_THE_DOOR = 'cod';

export function mapOrder(order: WooOrder, shop: Shop): TheirOrder {
  return { id: order.id, mark: modifiedAt(order), state: stateOf(order, shop) };
}

function stateOf(order: WooOrder, shop: Shop): TheirState {
  if (NO_ORDER.has(order.status)) return { kind: 'none', why: `WooCommerce has it as “${order.status}”.` };
  const status = statusOf(order.status);
  return {
    kind: 'order',
    draft: draftOf(order, status, shop),
    status,
    theirStatus: order.status,
    ...(status === 'cancelled' && {
      reason: order.status === 'refunded' ? 'Refunded in the shop' : 'Cancelled in the shop',
    }),
  };
}

/** Shops have statuses of their own: one with our word is taken by it, any other is an order to be cooked. */
function statusOf(theirs: string): Status {
  const word = STATUS_WORDS.find((one) => one === theirs);
  return STATUS[theirs] ?? (word ? statusOfWord(word) : 'pending');
}

function draftOf(order: WooOrder, status: Status, shop: Shop): MappedDraft {
  const currency = /^[A-Z]{3}$/i.test(order.currency) ? order.currency.toUpperCase() : shop.currency;
  const { dueAt, table, used } = whenAndWhere(order.meta_data, shop.metaKeys, shop.timeZone);
  const { items, rest } = fitItems(order.line_items.map((line) => lineOf(line, currency)));
  const total = toMinor(order.total, currency);
  const isSent = order.shipping_lines.some(({ method_id: id }) => !/pickup/i.test(id));
  const { billing, shipping } = order;
  const name =
    plainText(`${billing.first_name} ${billing.last_name}`) ||
    plainText(`${shipping.first_name} ${shipping.last_name}`);
  const phone = plainText(billing.phone || shipping.phone);
  const created = Date.parse(`${order.date_created_gmt}Z`);
  return {
    number: shortened(plainText(order.number) || order.id, 20),
    fulfilment: table !== null ? 'dine_in' : isSent ? 'delivery' : 'pickup',
    ...customerOf(name, phone),
    ...(table !== null && { table: shortened(table, 200) }),
    items,
    note: noteOf([
      plainText(order.customer_note),
      isSent && (addressOf(shipping) || addressOf(billing)),
      ...rest,
      ...order.shipping_lines.map(({ method_title: title }) => plainText(title)),
      ...order.fee_lines.map((fee) => plainText(`${fee.name}: ${fee.total}`)),
      ...order.coupon_lines.map(({ code, discount }) => plainText(`Coupon ${code}: -${discount}`)),
      ...order.refunds.map((refund) => plainText(`Refund ${refund.reason}: ${refund.total}`)),
      (total === null || total < 0) && `Total: ${order.total || 'unknown'}`,
      ...order.meta_data
        .filter(
          ({ key, value }) =>
            !key.startsWith('_') && !used.has(key) && key !== 'is_vat_exempt' && metaText(value) !== '',
        )
        .map(({ key, value }) => `${key}: ${metaText(value)}`),
    ]),
    currency,
    totalMinor: Math.max(0, total ?? 0),
    payment: paymentOf(order, status),
    ...(Number.isFinite(created) && { placedAt: new Date(created).toISOString() }),
    ...(dueAt !== null && { dueAt }),
  };
}

function lineOf(
  { id, name, quantity, subtotal, subtotal_tax: tax, meta_data: meta }: WooLine,
  currency: string,
): ShopLine {
  const shown = meta.flatMap((one) => {
    const key = plainText(one.display_key || one.key);
    const value = metaText(one.display_value ?? one.value);
    return one.key.startsWith('_') || value === '' ? [] : [{ key, value }];
  });
  const isAllergens = ({ key }: { key: string }) => /^allergens?$/i.test(key);
  // Without tax in `subtotal`, as WooCommerce always writes it: a menu's price is with it.
  const price = toMinor(subtotal, currency);
  return {
    id,
    name: plainText(name),
    quantity,
    modifiers: shown.filter((one) => !isAllergens(one)).map(({ key, value }) => (key ? `${key}: ${value}` : value)),
    note: '',
    allergens: shown.filter(isAllergens).flatMap(({ value }) => value.split(/\s*[,;\n]\s*/).filter(Boolean)),
    unitPriceMinor:
      price === null || !(quantity > 0) ? null : Math.round((price + (toMinor(tax, currency) ?? 0)) / quantity),
  };
}

function paymentOf(order: WooOrder, status: Status): MappedDraft['payment'] {
  const isPaid = order.date_paid_gmt !== '' || order.status === 'processing' || status === 'completed';
  const isOpenAtTheDoor = order.payment_method === PAID_AT_THE_DOOR && status !== 'completed';
  const method = plainText(order.payment_method_title || order.payment_method);
  return {
    status:
      order.status === 'refunded'
        ? 'refunded'
        : isPaid && !isOpenAtTheDoor && order.status !== 'on-hold'
          ? 'paid'
          : 'unpaid',
    ...(method && { method: shortened(method, 200) }),
  };
}

const addressOf = (address: WooAddress): string =>
  deliverTo([address.company, address.address_1, address.address_2, `${address.postcode} ${address.city}`]);
