import { fitItems, noteOf, type ShopLine } from '#contract/fit-items.ts';
import type { MappedDraft } from '#contract/order.ts';
import { shortened } from '#contract/shortened.ts';
import type { Status } from '#contract/status.ts';
import { toMinor } from '#contract/to-minor.ts';
import type { TheirOrder, TheirState } from '../adapter.ts';
import { customerOf } from '../mapping/customer-of.ts';
import { deliverTo } from '../mapping/deliver-to.ts';
import { plainText } from '../mapping/plain-text.ts';
import { type MetaKeys, whenAndWhere } from '../mapping/when-and-where.ts';
import type { ShopifyAddress, ShopifyLine, ShopifyOrder } from './shopify-order.ts';

export interface Shop {
  currency: string;
  timeZone: string;
  metaKeys: MetaKeys;
}

/** The payment never came about. A cart that nobody paid is no order in Shopify either. */
const NO_ORDER = ['VOIDED', 'EXPIRED'];
/** The money is there, or is reserved: nobody has to ask the customer for it. */
const PAID = ['PAID', 'AUTHORIZED', 'PARTIALLY_REFUNDED'];

export const tailOf = (gid: string): string => gid.slice(gid.lastIndexOf('/') + 1);

export function mapOrder(order: ShopifyOrder, shop: Shop): TheirOrder {
  return { id: tailOf(order.id), mark: Date.parse(order.updatedAt) || 0, state: stateOf(order, shop) };
}

function stateOf(order: ShopifyOrder, shop: Shop): TheirState {
  const { cancelledAt, displayFinancialStatus: money, displayFulfillmentStatus: goods } = order;
  if (!cancelledAt && NO_ORDER.includes(money)) return { kind: 'none', why: `Shopify has its payment as “${money}”.` };
  const isBack = money === 'REFUNDED' && goods !== 'FULFILLED';
  const status: Status = cancelledAt || isBack ? 'cancelled' : goods === 'FULFILLED' ? 'completed' : 'pending';
  return {
    kind: 'order',
    draft: draftOf(order, shop),
    status,
    theirStatus: cancelledAt ? 'cancelled' : isBack ? 'refunded' : status === 'completed' ? 'fulfilled' : 'open',
    ...(status === 'cancelled' && { reason: cancelledAt ? 'Cancelled in the shop' : 'Refunded in the shop' }),
  };
}

function draftOf(order: ShopifyOrder, shop: Shop): MappedDraft {
  const price = order.currentTotalPriceSet?.shopMoney;
  const currency = price && /^[A-Z]{3}$/.test(price.currencyCode) ? price.currencyCode : shop.currency;
  const total = toMinor(price?.amount, currency);
  const { dueAt, table, used } = whenAndWhere(order.customAttributes, shop.metaKeys, shop.timeZone);
  const { items, rest } = fitItems(order.lineItems.nodes.map((line) => lineOf(line, currency)));
  const { shippingAddress: shipping, billingAddress: billing } = order;
  const isSent = isDelivered(order);
  const name = plainText(shipping?.name || billing?.name || '');
  const phone = plainText(order.phone || shipping?.phone || billing?.phone || '');
  const method = plainText(order.paymentGatewayNames.join(', '));
  const created = Date.parse(order.createdAt);
  return {
    number: shortened(plainText(order.name) || tailOf(order.id), 20),
    fulfilment: table !== null ? 'dine_in' : isSent ? 'delivery' : 'pickup',
    ...customerOf(name, phone),
    ...(table !== null && { table: shortened(table, 200) }),
    items,
    note: noteOf([
      plainText(order.note),
      isSent && addressOf(shipping ?? billing),
      ...rest,
      plainText(order.shippingLine?.title ?? ''),
      ...order.discountCodes.map((code) => plainText(`Discount ${code}`)),
      (total === null || total < 0) && `Total: ${price?.amount || 'unknown'}`,
      ...order.customAttributes
        .filter(({ key, value }) => !key.startsWith('_') && !used.has(key) && value)
        .map(({ key, value }) => plainText(`${key}: ${value}`)),
    ]),
    currency,
    totalMinor: Math.max(0, total ?? 0),
    payment: { status: paymentOf(order.displayFinancialStatus), ...(method && { method: shortened(method, 200) }) },
    ...(Number.isFinite(created) && { placedAt: new Date(created).toISOString() }),
    ...(dueAt !== null && { dueAt }),
  };
}

/** By the way of delivery; an app that may not read it sees the address. */
function isDelivered({ fulfillmentOrders, shippingAddress, shippingLine }: ShopifyOrder): boolean {
  const methods = (fulfillmentOrders?.nodes ?? []).flatMap((one) => one.deliveryMethod?.methodType || []);
  if (methods.length > 0) return methods.some((type) => ['LOCAL', 'SHIPPING', 'PICKUP_POINT'].includes(type));
  return Boolean(shippingAddress && shippingLine);
}

function paymentOf(money: string): 'paid' | 'refunded' | 'unpaid' {
  return money === 'REFUNDED' ? 'refunded' : PAID.includes(money) ? 'paid' : 'unpaid';
}

function lineOf(
  { id, name, currentQuantity, customAttributes, originalUnitPriceSet }: ShopifyLine,
  currency: string,
): ShopLine {
  // Shopify hides those with a `_` from customers, too.
  const shown = customAttributes.filter(({ key, value }) => !key.startsWith('_') && value);
  const isAllergens = ({ key }: { key: string }) => /^allergens?$/i.test(key);
  return {
    id: tailOf(id),
    name: plainText(name),
    quantity: currentQuantity,
    modifiers: shown
      .filter((one) => !isAllergens(one))
      .map(({ key, value }) => plainText(key ? `${key}: ${value}` : `${value}`)),
    note: '',
    allergens: shown.filter(isAllergens).flatMap(({ value }) =>
      plainText(`${value}`)
        .split(/\s*[,;\n]\s*/)
        .filter(Boolean),
    ),
    unitPriceMinor: toMinor(originalUnitPriceSet?.shopMoney.amount, currency),
  };
}

function addressOf(address: ShopifyAddress): string {
  if (!address) return '';
  const { company, address1, address2, zip, city } = address;
  return deliverTo([company, address1, address2, `${zip} ${city}`]);
}
