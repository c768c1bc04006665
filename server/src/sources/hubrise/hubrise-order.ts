import { z } from 'zod';
import { listOf } from '../mapping/list-of.ts';

/**
 * What we read of an order of HubRise: https://developers.hubrise.com/api/orders. Other programs write orders there: a field that
 * is missing or of another type is empty, elements that were deleted are left out, and only an order without an id is refused.
 */
const Text = z
  .union([z.string(), z.number().transform(String)])
  .catch('')
  .default('');

/** HubRise writes decimals as text. */
const Decimal = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\s*-?\d+(\.\d+)?\s*$/)
      .transform(Number),
  ])
  .catch(1)
  .default(1);

const elements = <T extends z.ZodType>(element: T) => z.preprocess(withoutDeleted, listOf(element));
const withoutDeleted = (all: unknown): unknown =>
  Array.isArray(all) ? all.filter((one) => one?.deleted !== true) : [];

const Option = z.object({
  option_list_name: Text,
  name: Text,
  quantity: Decimal,
  /** An ingredient that is left out of the dish. */
  removed: z.boolean().catch(false),
});
export type HubRiseOption = z.output<typeof Option>;

const Item = z.object({
  id: Text,
  product_name: Text,
  /** Such as the size. */
  sku_name: Text,
  price: Text,
  quantity: Decimal,
  /** With options, for the whole quantity. */
  subtotal: Text,
  customer_notes: Text,
  options: elements(Option),
  deal_line: z.object({ deal_key: Text, label: Text }).nullish().catch(null),
});
export type HubRiseItem = z.output<typeof Item>;

const Customer = z
  .object({
    first_name: Text,
    last_name: Text,
    company_name: Text,
    phone: Text,
    phone_access_code: Text,
    address_1: Text,
    address_2: Text,
    postal_code: Text,
    city: Text,
    delivery_notes: Text,
  })
  .nullish()
  .catch(null);
export type HubRiseCustomer = z.output<typeof Customer>;

/** An id goes into the address of a call. */
const Id = z.string().regex(/^[\w-]{1,100}$/);

export const HubRiseOrder = z.object({
  id: Id,
  ref: Text,
  status: Text,
  service_type: Text,
  service_type_ref: Text,
  created_at: Text,
  /** The name of the program that the order came by. */
  created_by: Text,
  expected_time: Text,
  confirmed_time: Text,
  customer_notes: Text,
  seller_notes: Text,
  collection_code: Text,
  coupon_codes: z.array(z.string()).catch([]).default([]),
  /** `18.90 EUR` */
  total: Text,
  items: elements(Item),
  deals: z
    .record(z.string(), z.object({ name: Text }))
    .catch({})
    .default({}),
  discounts: elements(z.object({ name: Text, price_off: Text })),
  charges: elements(z.object({ name: Text, price: Text })),
  payments: elements(z.object({ name: Text, amount: Text })),
  customer: Customer,
  delivery: z
    .object({ carrier: Text, driver_name: Text, driver_phone: Text, driver_phone_access_code: Text })
    .nullish()
    .catch(null),
  loyalty_operations: elements(z.object({ delta: Text, reason: Text })),
  /** By conventions that programs share: https://developers.hubrise.com/conventions */
  custom_fields: z.record(z.string(), z.unknown()).catch({}).default({}),
});
export type HubRiseOrder = z.output<typeof HubRiseOrder>;

/** An event of the callback: https://developers.hubrise.com/api/callbacks. A list of events is without states. */
export const HubRiseEvent = z.object({
  id: Id,
  resource_type: Text,
  created_at: Text,
  location_id: Text,
  order_id: Id.optional().catch(undefined),
  new_state: z.unknown().optional(),
});
export type HubRiseEvent = z.output<typeof HubRiseEvent>;

/** ms since 1970; 0: it is not a time. */
export function msOf(time: string): number {
  const ms = Date.parse(time);
  return Number.isFinite(ms) ? ms : 0;
}
