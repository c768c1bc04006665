import type { FastifyRequest } from 'fastify';
import type { Language } from '#contract/setting-names.ts';
import { iconAddress } from '#web/managing/draw-icon.ts';
import { OWN_WORDS } from '#web/managing/load-text.ts';
import { isManaging } from '../../caller.ts';
import type { App } from '../app.ts';
import { linkBaseOf } from '../client-of.ts';
import type { Edge } from '../edge.ts';
import { nothingHere } from '../http-errors.ts';
import { identify, isCaller } from '../identify.ts';
import { sessionOf } from '../session-cookie.ts';
import type { BuiltPages } from './built-pages.ts';
import { demoToken } from './demo-token.ts';
import { escapeHtml, sendPage } from './html-page.ts';
import { preferredLanguage } from './preferred-language.ts';

const PAGE = { config: { audience: 'open' as const }, schema: { hide: true } };
const ICON = `<link rel="icon" type="image/svg+xml" href="${escapeHtml(iconAddress(0))}">`;
const FRAME = { title: 'Ticketrail', toRoot: '' };
async function headIn(language: Language): Promise<string> {
  const words = await OWN_WORDS[language]();
  return `${ICON}<meta name="description" content="${escapeHtml(words['home.admin'] ?? '')}">`;
}
const BODY = '<div id="page"><p class="boot">Ticketrail</p></div>';

/** The pages for the shop's people and for whoever tries it out (contract, section 9), and where to find them. */
export function managingRoutes(app: App, edge: Edge, built: () => Promise<BuiltPages>): void {
  const { console: isOn, consoleTokenFile } = edge.settings;
  const languageOf = ({ headers }: FastifyRequest) => preferredLanguage(headers['accept-language']);

  /** The page asks for a token only if nobody is signed in. */
  async function roleOf({ headers }: FastifyRequest): Promise<'admin' | 'manager' | null> {
    const session = sessionOf(headers.cookie);
    const asker = session === null ? null : await identify(edge, { session });
    return asker && isCaller(asker) && isManaging(asker) ? asker.role : null;
  }

  app.get('/admin', PAGE, async (request, reply) => {
    const language = languageOf(request);
    const state = { role: await roleOf(request) };
    const entry = (await built()).entry('admin');
    return sendPage(reply, { language, ...FRAME, head: await headIn(language), entry, body: BODY, state });
  });

  app.get('/console', PAGE, async (request, reply) => {
    if (!isOn) throw nothingHere();
    const state = { token: await demoToken(consoleTokenFile, request) };
    const entry = (await built()).entry('console');
    return sendPage(reply, { language: languageOf(request), ...FRAME, entry, body: BODY, state });
  });

  app.get('/', PAGE, async (request, reply) => {
    const language = languageOf(request);
    const words = await OWN_WORDS[language]();
    const say = (key: string) => escapeHtml(words[key] ?? key);
    const links = [
      ['admin', say('home.admin')],
      ...(isOn ? [['console', say('home.console')]] : []),
      ['api/v1/docs/', say('home.docs')],
    ];
    const address = linkBaseOf(request, edge.settings);
    const { styles } = (await built()).entry('admin');
    return sendPage(reply, {
      language,
      ...FRAME,
      entry: null,
      head:
        (await headIn(language)) + styles.map((path) => `<link rel="stylesheet" href="${escapeHtml(path)}">`).join(''),
      body: `<main class="door"><h1>Ticketrail</h1><ul class="stack">${links
        .map(([path, name]) => `<li><a class="plain wide" href="${path}">${name}</a></li>`)
        .join(
          '',
        )}</ul><p class="soft">${say('home.screens')} <bdi class="secret">${escapeHtml(address)}</bdi></p></main>`,
    });
  });
}
