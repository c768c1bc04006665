import { join } from 'node:path';
import type { FastifyRequest } from 'fastify';
import { renderMy, renderTrack } from '#web/customer/render-customer.ts';
import type { Customer } from '../../caller.ts';
import type { App } from '../app.ts';
import type { Edge } from '../edge.ts';
import { nothingHere } from '../http-errors.ts';
import { keyOf } from '../identify.ts';
import { countRequest } from '../identity.ts';
import { OPEN_PER_MINUTE } from '../rate-limit.ts';
import type { BuiltPages } from './built-pages.ts';
import { customerHead, customerManifest } from './customer-head.ts';
import { sendPage } from './html-page.ts';
import { preferredLanguage } from './preferred-language.ts';

/** Where `npm run build` puts the pages. */
export const PAGES_DIR = join(import.meta.dirname, '../../../../dist/pages');

/** Not counted by address: a shop's guests share one. */
const PAGE = { config: { audience: 'free' as const }, schema: { hide: true }, compress: {} };

/** The pages for customers (contract, section 9). */
export function pageRoutes(app: App, edge: Edge, built: () => Promise<BuiltPages>): void {
  const languageOf = ({ headers }: FastifyRequest) => preferredLanguage(headers['accept-language']);

  app.get('/track/:token', PAGE, async (request, reply) => {
    const customer = await holderOf(edge, (request.params as { token: string }).token);
    if (customer) countRequest(edge, keyOf(customer), edge.settings.rateLimit, reply);
    else countRequest(edge, `unknown address ${request.ip}`, OPEN_PER_MINUTE, reply);
    const shown = customer && (await edge.service.customers.list(customer, { limit: 1 }));
    const order = shown?.orders[0];
    if (!customer || !order) throw nothingHere();
    const language = languageOf(request);
    const pages = await built();
    const steps = await edge.service.customers.steps(customer);
    const page = renderTrack(language, { store: shown.store, order, steps, now: edge.service.now() });
    const toRoot = '../';
    const head = customerHead(pages, toRoot, `${page.title} · ${shown.store.name}`);
    return sendPage(reply, { ...page, language, toRoot, entry: pages.entry('track'), inlineStyles: true, head });
  });

  app.get('/my', PAGE, async (request, reply) => {
    const language = languageOf(request);
    const pages = await built();
    const page = renderMy(language, edge.service.now());
    const head = customerHead(pages, '', page.title);
    return sendPage(reply, { ...page, language, toRoot: '', entry: pages.entry('my'), inlineStyles: true, head });
  });

  app.get('/customer.webmanifest', PAGE, async (request, reply) =>
    reply
      .type('application/manifest+json; charset=utf-8')
      .header('vary', 'accept-language')
      .send(JSON.stringify(customerManifest(await built(), languageOf(request)))),
  );
}

/** Whoever has a tracking token; null: it is none, or a customer's token, which belongs into no address. */
async function holderOf({ customerTokens, service }: Edge, token: string): Promise<Customer | null> {
  const claim = await customerTokens.read(token);
  return claim && 'orderId' in claim ? service.customers.find(claim) : null;
}
