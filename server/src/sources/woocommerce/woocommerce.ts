import { z } from 'zod';
import { optional, text } from '#contract/field-types.ts';
import type { Adapter } from '../adapter.ts';
import { hear } from './hear.ts';
import { mapOrder } from './map-order.ts';
import { find, pull } from './pull.ts';
import { push } from './push.ts';

const Key = text(200, 1);
const ShopUrl = text(500, 1).refine(
  (url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && !new URL(url).username,
  'must be the address of the shop, such as https://shop.example',
);
const Settings = z.strictObject({
  url: ShopUrl,
  /** Where plugins keep the time and the table. */
  metaKeys: optional(z.strictObject({ dueAt: optional(Key), table: optional(Key) })),
});
const Secret = z.strictObject({ consumerKey: Key, consumerSecret: Key, webhookSecret: optional(Key) });

/** A WooCommerce shop, by its REST API v3 and its webhooks. */
export const woocommerce: Adapter<z.output<typeof Settings>, z.output<typeof Secret>> = {
  kind: 'woocommerce',
  settings: Settings,
  secret: Secret,
  pollSeconds: { normal: 60, least: 5 },

  service({ settings, secret, baseUrl }) {
    const access = Buffer.from(`${secret.consumerKey}:${secret.consumerSecret}`).toString('base64');
    return {
      url: (baseUrl ?? settings.url).replace(/\/+$/, ''),
      headers: { authorization: `Basic ${access}` },
      budgets: [],
    };
  },

  account({ url }) {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`.replace(/\/+$/, '');
  },

  open({ settings, secret, client, store }) {
    const shop = { ...store, metaKeys: settings.metaKeys ?? {} };
    return {
      hear: (request) => hear(request, secret.webhookSecret ?? ''),
      pull: (cursor) => pull(client, cursor, shop),
      async look(id) {
        const found = await find(client, id);
        return found && mapOrder(found, shop);
      },
      push: (order, id) => push(client, order, id),
    };
  },
};
