import { z } from 'zod';
import { optional, text } from '#contract/field-types.ts';
import type { Adapter } from '../adapter.ts';
import { hear } from './hear.ts';
import { mapOrder } from './map-order.ts';
import { pull, read } from './pull.ts';
import { push } from './push.ts';

/** What answers mean may change with Square's version: this one is read here. */
const VERSION = '2026-01-22';
const HOST = {
  production: 'https://connect.squareup.com',
  sandbox: 'https://connect.squareupsandbox.com',
} as const;

const Settings = z.strictObject({ locationId: text(100, 1), environment: z.enum(['production', 'sandbox']) });
/** Square makes the signature key for an `eventsUrl`, and so after the source. */
const Secret = z.strictObject({ accessToken: text(500, 1), signatureKey: optional(text(200, 1)) });

/** A location in Square, by its Orders API and its webhooks. */
export const square: Adapter<z.output<typeof Settings>, z.output<typeof Secret>> = {
  kind: 'square',
  settings: Settings,
  secret: Secret,
  pollSeconds: { normal: 60, least: 5 },
  service: ({ settings, secret, baseUrl }) => ({
    url: (baseUrl ?? HOST[settings.environment]).replace(/\/+$/, ''),
    headers: { authorization: `Bearer ${secret.accessToken}`, 'square-version': VERSION },
    budgets: [],
  }),
  account: ({ locationId }) => locationId,
  open({ settings: { locationId }, secret, client, eventsUrl, store, now }) {
    const shop = { ...store, locationId, now };
    return {
      hear: (request) => hear(request, secret.signatureKey ?? '', eventsUrl, locationId),
      pull: (cursor) => pull(client, cursor, shop),
      async look(id) {
        const found = await read(client, id, shop);
        return found && mapOrder(found, shop);
      },
      push: (order, id) => push(client, order, id, shop),
    };
  },
};
