import { join } from 'node:path';
import { renderMy } from '#web/customer/render-customer.ts';
import type { App } from '../app.ts';
import type { BuiltPages } from './built-pages.ts';
import { sendPage } from './html-page.ts';
import { preferredLanguage } from './preferred-language.ts';

/** Where `npm run build` puts the pages. */
export const PAGES_DIR = join(import.meta.dirname, '../../../../dist/pages');

const PAGE = { config: { audience: 'open' as const }, schema: { hide: true }, compress: {} };

/** The pages for customers and the shop's people (contract, section 9). */
export function pageRoutes(app: App, built: () => Promise<BuiltPages>): void {
  app.get('/my', PAGE, async (request, reply) => {
    const language = preferredLanguage(request.headers['accept-language']);
    const entry = (await built()).entry('my');
    return sendPage(reply, { ...renderMy(language, Date.now()), language, toRoot: '', entry, inlineStyles: true });
  });
}
