import type { FastifyReply } from 'fastify';
import { directionOf, type Language } from '#contract/setting-names.ts';
import type { Entry } from './built-pages.ts';

/** A page as the server writes it. */
export interface HtmlPage {
  language: Language;
  title: string;
  /** From this page's address to the root of the pages, such as `../`. */
  toRoot: string;
  /** What it loads; without `script` only its styles. */
  entry: (Omit<Entry, 'script'> & { script: string | null }) | null;
  /** HTML of the body. */
  body: string;
  /** Read by the page's script from `#state`. */
  state?: unknown;
  /** HTML for the head. */
  head?: string;
  /** The styles in the page, for a first view in one round trip. They may not name files. */
  inlineStyles?: boolean;
}

/** Sends a page that loads only our own files, in no frame, and is kept by nobody. */
export function sendPage(reply: FastifyReply, page: HtmlPage): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', policyOf(page))
    .header('cache-control', 'no-store')
    .header('vary', 'accept-language')
    .send(writePage(page));
}

function writePage({ language, title, toRoot, entry, body, state, head = '', inlineStyles = false }: HtmlPage): string {
  const at = (path: string) => escapeHtml(toRoot + path);
  const styles = inlineStyles
    ? `<style>${entry?.css ?? ''}</style>`
    : (entry?.styles ?? []).map((path) => `<link rel="stylesheet" href="${at(path)}">`).join('');
  const imports = (entry?.imports ?? []).map((path) => `<link rel="modulepreload" href="${at(path)}">`).join('');
  const script = entry?.script ? `<script type="module" src="${at(entry.script)}"></script>${imports}` : '';
  // A data block is not script, so the policy allows it.
  const data =
    state === undefined
      ? ''
      : `<script type="application/json" id="state">${escapeJson(JSON.stringify(state))}</script>`;
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>${escapeHtml(title)}</title>
${styles}${script}${head}
</head>
<body>${body}${data}</body>
</html>
`;
}

function policyOf({ entry, inlineStyles }: HtmlPage): string {
  const styles = entry && inlineStyles ? `'self' ${entry.cssHash}` : "'self'";
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join(';');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (one) => ENTITIES[one] as string);

/** No text in it can end the script that holds it. */
const escapeJson = (json: string): string => json.replace(/</g, '\\u003c');
