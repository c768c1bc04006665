import { fitItems, noteOf, type ShopLine, type ShopModifier } from '#contract/fit-items.ts';
import type { MappedDraft } from '#contract/order.ts';
import { shortened } from '#contract/shortened.ts';
import type { Fulfilment, Status } from '#contract/status.ts';
import type { TheirOrder } from '../adapter.ts';
import { plainText } from '../mapping/plain-text.ts';
import { customFields } from './custom-fields.ts';
import {
  type HubRiseCustomer,
  type HubRiseItem,
  type HubRiseOption,
  type HubRiseOrder,
  msOf,
} from './hubrise-order.ts';
import { currencyOf, minorOf } from './money.ts';

/** Theirs in ours. A word that is not there is of a newer HubRise: an order to be cooked. */
const STATUS: Record<string, Status> = {
  new: 'pending',
  received: 'pending',
  accepted: 'preparing',
  in_preparation: 'preparing',
  awaiting_shipment: 'ready',
  awaiting_collection: 'ready',
  in_delivery: 'delivering',
  completed: 'completed',
  rejected: 'rejected',
  cancelled: 'cancelled',
  delivery_failed: 'cancelled',
};
const REASON: Record<string, string> = {
  rejected: 'Rejected in HubRise',
  cancelled: 'Cancelled in HubRise',
  delivery_failed: 'The delivery failed',
};
const FULFILMENT: Record<string, Fulfilment> = { delivery: 'delivery', collection: 'pickup', eat_in: 'dine_in' };

export interface Shop {
  currency: string;
  timeZone: string;
}

/** @param mark when it was so at the latest, ms since 1970 */
export function mapOrder(order: HubRiseOrder, mark: number, shop: Shop): TheirOrder {
  const reason = REASON[order.status];
  return {
    id: order.id,
    mark,
    state: {
      kind: 'order',
      draft: draftOf(order, shop),
      status: STATUS[order.status] ?? 'pending',
      theirStatus: order.status,
      ...(reason !== undefined && { reason }),
    },
  };
}

function draftOf(order: HubRiseOrder, shop: Shop): MappedDraft {
  const currency = currencyOf([order.total, ...order.items.map(({ price }) => price)]) ?? shop.currency;
  const { table, rest: fields } = customFields(order.custom_fields);
  const { items, rest } = fitItems(order.items.map((item) => lineOf(item, currency)));
  const total = minorOf(order.total, currency);
  const fulfilment = FULFILMENT[order.service_type] ?? (table === '' ? 'pickup' : 'dine_in');
  const number = plainText(order.collection_code || order.ref) || order.id;
  const { customer, delivery } = order;
  const name = plainText(`${customer?.first_name ?? ''} ${customer?.last_name ?? ''}`);
  const company = plainText(customer?.company_name ?? '');
  const phone = plainText(customer?.phone ?? '');
  const dueAt = msOf(order.confirmed_time) || msOf(order.expected_time);
  const placedAt = msOf(order.created_at);
  const isOtherTime = order.confirmed_time !== '' && msOf(order.expected_time) !== dueAt;
  return {
    number: shortened(number, 20),
    fulfilment,
    ...((name || company || phone) && {
      customer: {
        ...((name || company) && { name: shortened(name || company, 200) }),
        ...(phone && { phone: shortened(phone, 64) }),
      },
    }),
    ...(table !== '' && { table: shortened(table, 200) }),
    items,
    note: noteOf([
      plainText(order.customer_notes),
      plainText(order.seller_notes),
      fulfilment === 'delivery' && addressOf(customer),
      plainText(customer?.delivery_notes ?? ''),
      ...rest,
      ...dealsOf(order),
      FULFILMENT[order.service_type] === undefined && plainText(order.service_type),
      isOtherTime && order.expected_time !== '' && `Asked for ${order.expected_time.slice(0, 16).replace('T', ' ')}`,
      name !== '' && company,
      customer?.phone_access_code && `Phone code: ${plainText(customer.phone_access_code)}`,
      delivery &&
        plainText(
          ['Courier:', delivery.carrier, delivery.driver_name, delivery.driver_phone, delivery.driver_phone_access_code]
            .filter(Boolean)
            .join(' '),
        ),
      ...order.charges.map((charge) => plainText(`${charge.name || 'Charge'}: ${charge.price}`)),
      ...order.discounts.map((discount) => plainText(`${discount.name || 'Discount'}: -${discount.price_off}`)),
      ...order.coupon_codes.map((code) => plainText(`Coupon ${code}`)),
      ...order.loyalty_operations.map(({ delta, reason }) => plainText(`Points ${delta} ${reason}`)),
      (total === null || total < 0) && `Total: ${plainText(order.total) || 'unknown'}`,
      ...fields,
      order.ref !== '' && plainText(order.ref) !== number && `Ref: ${plainText(order.ref)}`,
      plainText(`${order.created_by} ${order.service_type_ref}`),
    ]),
    currency,
    totalMinor: Math.max(0, total ?? 0),
    payment: paymentOf(order, currency, total ?? 0),
    ...(placedAt > 0 && { placedAt: new Date(placedAt).toISOString() }),
    ...(dueAt > 0 && { dueAt: new Date(dueAt).toISOString() }),
  };
}

function lineOf(item: HubRiseItem, currency: string): ShopLine {
  const { quantity } = item;
  const isAllergens = ({ option_list_name: list }: HubRiseOption) => /^allergens?$/i.test(list.trim());
  const subtotal = minorOf(item.subtotal, currency);
  const size = plainText(item.sku_name);
  return {
    id: item.id,
    name: [plainText(item.product_name), size && `(${size})`].filter(Boolean).join(' '),
    quantity,
    modifiers: item.options.filter((one) => !isAllergens(one)).flatMap(modifierOf),
    note: plainText(item.customer_notes),
    allergens: item.options.filter(isAllergens).map(({ name }) => plainText(name)),
    unitPriceMinor:
      subtotal === null || !(quantity > 0) ? minorOf(item.price, currency) : Math.round(subtotal / quantity),
  };
}

/** The list of several sides or toppings says where it goes. */
function modifierOf({ option_list_name: list, name, quantity, removed }: HubRiseOption): ShopModifier[] {
  const text = [plainText(list), removed ? `without ${plainText(name)}` : plainText(name)].filter(Boolean).join(': ');
  const isWhole = Number.isInteger(quantity) && quantity >= 1 && quantity <= 9_999;
  return text === '' ? [] : [isWhole ? { name: text, quantity } : { name: `${quantity} × ${text}`, quantity: 1 }];
}

/** `Menu of the day: Brownie (Dessert), Coke (Drink)` */
function dealsOf({ deals, items }: HubRiseOrder): string[] {
  return Object.entries(deals).map(([key, deal]) => {
    const inIt = items.flatMap(({ product_name: name, deal_line: line }) =>
      line?.deal_key === key ? [line.label ? `${name} (${line.label})` : name] : [],
    );
    return plainText([deal.name || 'Deal', inIt.join(', ')].filter(Boolean).join(': '));
  });
}

/** Without payments an order is unpaid: https://developers.hubrise.com/api/orders#payments */
function paymentOf({ payments }: HubRiseOrder, currency: string, total: number): MappedDraft['payment'] {
  const sum = payments.reduce((all, { amount }) => all + (minorOf(amount, currency) ?? 0), 0);
  const method = plainText([...new Set(payments.map(({ name }) => name))].filter(Boolean).join(', '));
  return {
    status: payments.length > 0 && sum >= total ? 'paid' : 'unpaid',
    ...(method && { method: shortened(method, 200) }),
  };
}

function addressOf(customer: HubRiseCustomer): string {
  if (!customer) return '';
  const town = `${customer.postal_code} ${customer.city}`.trim();
  const address = plainText([customer.address_1, customer.address_2, town].filter(Boolean).join(', '));
  return address && `Deliver to: ${address}`;
}
