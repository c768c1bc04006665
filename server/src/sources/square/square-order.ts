import { z } from 'zod';
import { listOf } from '../mapping/list-of.ts';

/**
 * What we read of an order of Square's Orders API. A field that is missing or of another type is empty, and only an order
 * without an id is refused. https://developer.squareup.com/reference/square/objects/Order
 */
const Text = z.union([z.string(), z.number().transform(String)]).catch('');
const Quantity = z.coerce.number().catch(1);
const Money = z.object({ amount: z.coerce.number().int(), currency: Text }).nullish().catch(null);
export type SquareMoney = z.output<typeof Money>;

const Unit = z
  .object({
    measurement_unit: z
      .object({
        custom_unit: z.object({ abbreviation: Text, name: Text }).nullish().catch(null),
        weight_unit: Text,
        volume_unit: Text,
        length_unit: Text,
        area_unit: Text,
        time_unit: Text,
      })
      .nullish()
      .catch(null),
  })
  .nullish()
  .catch(null);

const Line = z.object({
  uid: Text,
  name: Text,
  quantity: Quantity,
  quantity_unit: Unit,
  note: Text,
  variation_name: Text,
  item_type: Text,
  modifiers: listOf(z.object({ name: Text, quantity: Quantity })),
  base_price_money: Money,
});
export type SquareLine = z.output<typeof Line>;

const Address = z.object({
  address_line_1: Text,
  address_line_2: Text,
  address_line_3: Text,
  locality: Text,
  postal_code: Text,
});
export type SquareAddress = z.output<typeof Address>;

const Recipient = z
  .object({
    display_name: Text,
    phone_number: Text,
    address: Address.nullish().catch(null),
  })
  .nullish()
  .catch(null);

/** Of all types of fulfillment together: each has some of the fields. */
const Details = z.object({
  recipient: Recipient,
  pickup_at: Text,
  deliver_at: Text,
  expected_shipped_at: Text,
  pickup_window_duration: Text,
  delivery_window_duration: Text,
  note: Text,
  shipping_note: Text,
  shipping_type: Text,
  dropoff_notes: Text,
  is_no_contact_delivery: z.boolean().nullish().catch(null),
  courier_provider_name: Text,
  courier_support_phone_number: Text,
  curbside_pickup_details: z.object({ curbside_details: Text }).nullish().catch(null),
  cancel_reason: Text,
  failure_reason: Text,
});
const NO_DETAILS = Details.parse({});
const GivenDetails = Details.nullish().catch(null);
export type SquareDetails = z.output<typeof Details>;

const Fulfillment = z
  .object({
    uid: Text,
    type: Text,
    state: Text,
    entries: listOf(z.object({ line_item_uid: Text, quantity: Quantity })),
    pickup_details: GivenDetails,
    delivery_details: GivenDetails,
    shipment_details: GivenDetails,
    in_store_details: GivenDetails,
  })
  .transform(({ pickup_details, delivery_details, shipment_details, in_store_details, ...rest }) => ({
    ...rest,
    details: pickup_details ?? delivery_details ?? shipment_details ?? in_store_details ?? NO_DETAILS,
  }));
export type SquareFulfillment = z.output<typeof Fulfillment>;

const Named = z.object({ name: Text }).nullish().catch(null);

export const SquareOrder = z.object({
  id: z.string().regex(/^[\w-]{1,150}$/),
  location_id: Text,
  state: Text,
  /** null: it was not made by the API, and cannot be changed by it. */
  version: z.int().nullish().catch(null),
  created_at: Text,
  updated_at: Text,
  closed_at: Text,
  reference_id: Text,
  ticket_name: Text,
  /** Who touched it last; `creation_source` stays. */
  source: Named,
  creation_source: Named,
  line_items: listOf(Line),
  fulfillments: listOf(Fulfillment),
  discounts: listOf(z.object({ name: Text, applied_money: Money })),
  service_charges: listOf(z.object({ name: Text, applied_money: Money })),
  tenders: listOf(z.object({ type: Text, amount_money: Money })),
  refunds: listOf(z.object({ status: Text, amount_money: Money })),
  total_money: Money,
  /** What is left to be paid. */
  net_amount_due_money: Money,
});
export type SquareOrder = z.output<typeof SquareOrder>;

/** When they changed it last, by their clock, ms since 1970; 0: they do not say. */
export function updatedAt({ updated_at, created_at }: SquareOrder): number {
  return Date.parse(updated_at) || Date.parse(created_at) || 0;
}

/** When it is to be ready, ms since 1970; NaN: it does not say. */
export function dueAt({ pickup_at, deliver_at, expected_shipped_at }: SquareDetails): number {
  return Date.parse(pickup_at || deliver_at || expected_shipped_at);
}
