import { z } from 'zod';
import { listOf } from '../mapping/list-of.ts';

/**
 * What we read of an order of WooCommerce's REST API v3. Plugins change it: a field that is missing or of another type is
 * empty, and only an order without an id is refused.
 * https://woocommerce.github.io/woocommerce-rest-api-docs/#order-properties
 */
const Text = z.union([z.string(), z.number().transform(String)]).catch('');

const Meta = z.object({
  key: Text,
  value: z.unknown().optional(),
  display_key: Text.optional(),
  display_value: z.unknown().optional(),
});

const Address = z
  .object({
    first_name: Text.default(''),
    last_name: Text.default(''),
    company: Text.default(''),
    address_1: Text.default(''),
    address_2: Text.default(''),
    city: Text.default(''),
    postcode: Text.default(''),
    phone: Text.default(''),
  })
  .catch({
    first_name: '',
    last_name: '',
    company: '',
    address_1: '',
    address_2: '',
    city: '',
    postcode: '',
    phone: '',
  });
export type WooAddress = z.output<typeof Address>;

const Line = z.object({
  id: Text.default(''),
  name: Text.default(''),
  quantity: z.coerce.number().catch(1),
  subtotal: Text.default(''),
  subtotal_tax: Text.default(''),
  meta_data: listOf(Meta).default([]),
});
export type WooLine = z.output<typeof Line>;

const Money = z.object({ name: Text.default(''), total: Text.default('') });

export const WooOrder = z.object({
  id: z.union([z.int().positive(), z.string().regex(/^\d{1,20}$/)]).transform(String),
  number: Text.default(''),
  status: Text.default(''),
  currency: Text.default(''),
  date_created_gmt: Text.default(''),
  date_modified_gmt: Text.default(''),
  date_paid_gmt: Text.default(''),
  total: Text.default(''),
  customer_note: Text.default(''),
  payment_method: Text.default(''),
  payment_method_title: Text.default(''),
  billing: Address.default(Address.parse(null)),
  shipping: Address.default(Address.parse(null)),
  line_items: listOf(Line).default([]),
  shipping_lines: listOf(z.object({ method_id: Text.default(''), method_title: Text.default('') })).default([]),
  fee_lines: listOf(Money).default([]),
  coupon_lines: listOf(z.object({ code: Text.default(''), discount: Text.default('') })).default([]),
  refunds: listOf(z.object({ reason: Text.default(''), total: Text.default('') })).default([]),
  meta_data: listOf(Meta).default([]),
});
export type WooOrder = z.output<typeof WooOrder>;

/** When they changed it last, by their clock, ms since 1970; 0: they do not say. */
export function modifiedAt({ date_modified_gmt: modified, date_created_gmt: created }: WooOrder): number {
  for (const text of [modified, created]) {
    const ms = Date.parse(/Z$/i.test(text) ? text : `${text}Z`);
    if (Number.isFinite(ms)) return ms;
  }
  return 0;
}
