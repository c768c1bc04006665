import { z } from 'zod';

/** What we read of an order of Shopify's Admin API: https://shopify.dev/docs/api/admin-graphql/latest/objects/Order */

/** Few lines in a page keep the cost of a query below the 1,000 points that one may have. */
export const LINES = 40;
const LINE_FIELDS = `nodes { id name currentQuantity customAttributes { key value } originalUnitPriceSet { shopMoney { amount } } }
  pageInfo { hasNextPage endCursor }`;
const ADDRESS = '{ name phone company address1 address2 zip city }';
export const ORDER_FIELDS = `id name createdAt updatedAt cancelledAt note phone
  displayFinancialStatus displayFulfillmentStatus discountCodes paymentGatewayNames customAttributes { key value }
  currentTotalPriceSet { shopMoney { amount currencyCode } }
  shippingAddress ${ADDRESS} billingAddress ${ADDRESS} shippingLine { title }
  fulfillmentOrders(first: 3) { nodes { deliveryMethod { methodType } } }
  lineItems(first: ${LINES}) { ${LINE_FIELDS} }`;
export const MORE_LINES = `query ($id: ID!, $after: String) { order(id: $id) { lineItems(first: 100, after: $after) { ${LINE_FIELDS} } } }`;

const Text = z.string().catch('');
const Attribute = z.object({ key: Text, value: z.string().nullish().catch(null) });
const Attributes = z.array(Attribute).catch([]);
const Address = z
  .object({ name: Text, phone: Text, company: Text, address1: Text, address2: Text, zip: Text, city: Text })
  .nullish()
  .catch(null);
export type ShopifyAddress = z.output<typeof Address>;
const PageInfo = z
  .object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() })
  .catch({ hasNextPage: false, endCursor: null });

export const Lines = z
  .object({
    nodes: z.array(
      z.object({
        id: Text,
        name: Text,
        currentQuantity: z.number().catch(1),
        customAttributes: Attributes,
        originalUnitPriceSet: z
          .object({ shopMoney: z.object({ amount: Text }) })
          .nullish()
          .catch(null),
      }),
    ),
    pageInfo: PageInfo,
  })
  .catch({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } });
export type ShopifyLine = z.output<typeof Lines>['nodes'][number];

export const ShopifyOrder = z.object({
  /** `gid://shopify/Order/450789469` */
  id: z.string().regex(/\/\d{1,20}$/),
  name: Text,
  createdAt: Text,
  updatedAt: z.string(),
  cancelledAt: z.string().nullish().catch(null),
  note: Text,
  phone: Text,
  displayFinancialStatus: Text,
  displayFulfillmentStatus: Text,
  discountCodes: z.array(z.string()).catch([]),
  paymentGatewayNames: z.array(z.string()).catch([]),
  customAttributes: Attributes,
  currentTotalPriceSet: z
    .object({ shopMoney: z.object({ amount: Text, currencyCode: Text }) })
    .nullish()
    .catch(null),
  shippingAddress: Address,
  billingAddress: Address,
  shippingLine: z.object({ title: Text }).nullish().catch(null),
  fulfillmentOrders: z
    .object({ nodes: z.array(z.object({ deliveryMethod: z.object({ methodType: Text }).nullish().catch(null) })) })
    .nullish()
    .catch(null),
  lineItems: Lines,
});
export type ShopifyOrder = z.output<typeof ShopifyOrder>;
export const OrderPage = z.object({ nodes: z.array(z.unknown()), pageInfo: PageInfo });
