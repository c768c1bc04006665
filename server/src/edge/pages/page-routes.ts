import { join } from 'node:path';
import { renderMy, renderTrack } from '#web/customer/render-customer.ts';
import type { App } from '../app.ts';
import type { Edge } from '../edge.ts';
import { nothingHere } from '../http-errors.ts';
import type { BuiltPages } from './built-pages.ts';
import { sendPage } from './html-page.ts';
import { preferredLanguage } from './preferred-language.ts';

/** Where `npm run build` puts the pages. */
export const PAGES_DIR = join(import.meta.dirname, '../../../../dist/pages');

const PAGE = { config: { audience: 'open' as const }, schema: { hide: true }, compress: {} };

/** The pages for customers and the shop's people (contract, section 9). */
export function pageRoutes(app: App, edge: Edge, built: () => Promise<BuiltPages>): void {
  app.get('/track/:token', PAGE, async (request, reply) => {
    const shown = await trackedOrder(edge, (request.params as { token: string }).token);
    if (!shown) throw nothingHere();
    const language = preferredLanguage(request.headers['accept-language']);
    const entry = (await built()).entry('track');
    const page = renderTrack(language, { ...shown, now: Date.now() });
    return sendPage(reply, { ...page, language, toRoot: '../', entry, inlineStyles: true });
  });

  app.get('/my', PAGE, async (request, reply) => {
    const language = preferredLanguage(request.headers['accept-language']);
    const entry = (await built()).entry('my');
    return sendPage(reply, { ...renderMy(language, Date.now()), language, toRoot: '', entry, inlineStyles: true });
  });
}

/** The order of a tracking token; null: there is none, or it is a customer's token, which belongs into no address. */
async function trackedOrder({ customerTokens, service }: Edge, token: string) {
  const claim = await customerTokens.read(token);
  if (!claim || !('orderId' in claim)) return null;
  const customer = await service.customers.find(claim);
  if (!customer) return null;
  const { store, orders } = await service.customers.list(customer, { limit: 1 });
  return orders[0] ? { store, order: orders[0] } : null;
}
