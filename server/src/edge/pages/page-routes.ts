import { join } from 'node:path';
import type { FastifyRequest } from 'fastify';
import { renderMy, renderTrack } from '#web/customer/render-customer.ts';
import type { App } from '../app.ts';
import type { Edge } from '../edge.ts';
import { nothingHere } from '../http-errors.ts';
import type { BuiltPages } from './built-pages.ts';
import { customerHead, customerManifest } from './customer-head.ts';
import { sendPage } from './html-page.ts';
import { preferredLanguage } from './preferred-language.ts';

/** Where `npm run build` puts the pages. */
export const PAGES_DIR = join(import.meta.dirname, '../../../../dist/pages');

const PAGE = { config: { audience: 'open' as const }, schema: { hide: true }, compress: {} };

/** The pages for customers (contract, section 9). */
export function pageRoutes(app: App, edge: Edge, built: () => Promise<BuiltPages>): void {
  const languageOf = ({ headers }: FastifyRequest) => preferredLanguage(headers['accept-language']);

  app.get('/track/:token', PAGE, async (request, reply) => {
    const shown = await trackedOrder(edge, (request.params as { token: string }).token);
    if (!shown) throw nothingHere();
    const language = languageOf(request);
    const pages = await built();
    const page = renderTrack(language, { ...shown, now: Date.now() });
    const toRoot = '../';
    const head = customerHead(pages, toRoot, `${page.title} · ${shown.store.name}`);
    return sendPage(reply, { ...page, language, toRoot, entry: pages.entry('track'), inlineStyles: true, head });
  });

  app.get('/my', PAGE, async (request, reply) => {
    const language = languageOf(request);
    const pages = await built();
    const page = renderMy(language, Date.now());
    const head = customerHead(pages, '', page.title);
    return sendPage(reply, { ...page, language, toRoot: '', entry: pages.entry('my'), inlineStyles: true, head });
  });

  app.get('/customer.webmanifest', { ...PAGE, config: { audience: 'free' } }, async (request, reply) =>
    reply
      .type('application/manifest+json; charset=utf-8')
      .header('vary', 'accept-language')
      .send(JSON.stringify(customerManifest(await built(), languageOf(request)))),
  );
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
