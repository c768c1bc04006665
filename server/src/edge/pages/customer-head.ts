import { directionOf, type Language } from '#contract/setting-names.ts';
import { CUSTOMER_WORDS } from '#web/customer/customer-words.ts';
import type { BuiltPages } from './built-pages.ts';
import { escapeHtml } from './html-page.ts';

/** What the head of a customer's page needs beyond its script: icon, description, and what makes it installable. */
export function customerHead(built: BuiltPages, toRoot: string, description: string): string {
  const at = (path: string) => escapeHtml(toRoot + path);
  return [
    `<link rel="icon" type="image/svg+xml" href="${at(built.file('icon.svg'))}">`,
    `<link rel="apple-touch-icon" href="${at(built.file('256x256.png'))}">`,
    `<link rel="manifest" href="${at('customer.webmanifest')}">`,
    `<meta name="description" content="${escapeHtml(description)}">`,
    '<meta name="theme-color" content="#161c23">',
  ].join('');
}

/**
 * A web app manifest (W3C) without `start_url`: an installed page opens the address from which it was installed, whose token
 * the server of this file does not know.
 */
export const customerManifest = (built: BuiltPages, language: Language) => ({
  name: CUSTOMER_WORDS[language]['my.title'],
  lang: language,
  dir: directionOf(language),
  display: 'standalone',
  background_color: '#0d1115',
  theme_color: '#161c23',
  icons: ['256x256', '512x512'].map((sizes) => ({ src: built.file(`${sizes}.png`), sizes, type: 'image/png' })),
});
