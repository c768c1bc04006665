import { z } from 'zod';
import { optional, text } from '#contract/field-types.ts';
import type { Adapter } from '../adapter.ts';
import { Refused } from '../service-client.ts';
import { asItIs, BUDGETS, callHubRise } from './call-hubrise.ts';
import { hear } from './hear.ts';
import { msOf } from './hubrise-order.ts';
import { keepTheirEnd } from './keep-their-end.ts';
import { mapOrder } from './map-order.ts';
import { createPull } from './pull.ts';
import { push } from './push.ts';

const Settings = z.strictObject({
  locationId: z.string().regex(/^[\w-]{1,64}$/, 'must be the ID of a location of HubRise, such as 3r4s3-1'),
});
const Secret = z.strictObject({ accessToken: text(200, 1), clientSecret: optional(text(200, 1)) });

/** A location of HubRise, which has the orders of delivery platforms and tills: https://developers.hubrise.com */
export const hubrise: Adapter<z.output<typeof Settings>, z.output<typeof Secret>> = {
  kind: 'hubrise',
  settings: Settings,
  secret: Secret,
  pollSeconds: { normal: 30, least: 30 },
  service: ({ secret, baseUrl }) => ({
    url: `${(baseUrl ?? 'https://api.hubrise.com').replace(/\/+$/, '')}/v1`,
    headers: { 'x-access-token': secret.accessToken },
    budgets: BUDGETS,
  }),
  account: ({ locationId }) => locationId,

  open({ settings: { locationId }, secret, client, eventsUrl, store: shop, now }) {
    const parts = callHubRise({ client, locationId, eventsUrl, shop, now });
    return {
      hear: (request) => hear(request, secret.clientSecret ?? '', parts),
      pull: createPull(parts),
      async look(id) {
        const end = await parts.turn();
        try {
          const order = await parts.read(id);
          const told = parts.memory.told.get(id);
          if (!order && told) return mapOrder(told.order, told.at, shop);
          // A pull may show it.
          if (!order) throw new Refused('HubRise does not show this order', 404);
          const kept = await keepTheirEnd(parts, order, told);
          return asItIs(mapOrder(kept, msOf(order.created_at), shop));
        } finally {
          end();
        }
      },
      push: (order, id) => push(parts, order, id),
    };
  },
};
