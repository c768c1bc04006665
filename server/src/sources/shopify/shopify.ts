import { z } from 'zod';
import { optional, text } from '#contract/field-types.ts';
import type { Adapter } from '../adapter.ts';
import { createAsk } from './graphql.ts';
import { hear } from './hear.ts';
import { look, pull } from './pull.ts';
import { push } from './push.ts';

const HOST = '.myshopify.com';
const Key = text(200, 1);
const Settings = z.strictObject({
  shop: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9-]{0,99}(\.myshopify\.com)?$/i,
      'must be the name of the shop, such as my-store.myshopify.com',
    )
    .transform((shop) => (shop.includes('.') ? shop.toLowerCase() : `${shop.toLowerCase()}${HOST}`)),
  /** In which attributes of an order apps keep the time and the table. */
  metaKeys: optional(z.strictObject({ dueAt: optional(Key), table: optional(Key) })),
});
const Secret = z.strictObject({ clientId: Key, clientSecret: Key });

/** A Shopify shop, by its Admin API and its webhooks, through an app of the Dev Dashboard. */
export const shopify: Adapter<z.output<typeof Settings>, z.output<typeof Secret>> = {
  kind: 'shopify',
  settings: Settings,
  secret: Secret,
  pollSeconds: { normal: 60, least: 5 },
  service: ({ settings, baseUrl }) => ({
    url: (baseUrl ?? `https://${settings.shop}`).replace(/\/+$/, ''),
    headers: {},
    budgets: [],
  }),
  account: ({ shop }) => shop,
  open({ settings, secret, client, store, now }) {
    const ask = createAsk(client, secret, now);
    const shop = { ...store, metaKeys: settings.metaKeys ?? {} };
    return {
      hear: (request) => hear(request, secret.clientSecret),
      pull: (cursor) => pull(ask, cursor, shop),
      look: (id) => look(ask, id, shop),
      push: (order, id) => push(ask, order, id),
    };
  },
};
