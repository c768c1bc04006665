import type { FastifyReply, FastifyRequest } from 'fastify';
import { ERROR_STATUS } from '#contract/errors.ts';
import { renderProblem } from '#web/customer/render-customer.ts';
import type { ServiceError } from '../../service-error.ts';
import type { BuiltPages } from './built-pages.ts';
import { sendPage } from './html-page.ts';
import { preferredLanguage } from './preferred-language.ts';

/** Whether a browser asks for a page, and not a program for an answer. */
export const wantsPage = ({ method, url, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  /\btext\/html\b/.test(headers.accept ?? '') &&
  !/^\/(api|assets|socket\.io)\//.test(url);

const WITH_WORDS = ['not_found', 'rate_limited', 'unavailable'] as const;

/** A page in plain words in place of one that cannot be shown. It looks like the others once they are built. */
export async function sendProblemPage(
  { code, status }: ServiceError,
  request: FastifyRequest,
  reply: FastifyReply,
  built: () => Promise<BuiltPages>,
): Promise<FastifyReply> {
  const language = preferredLanguage(request.headers['accept-language']);
  const problem = WITH_WORDS.find((known) => known === code) ?? 'other';
  const entry = await built().then(
    (pages) => pages.entry('track'),
    () => null,
  );
  return sendPage(reply.code(status ?? ERROR_STATUS[code]), {
    ...renderProblem(language, problem),
    language,
    toRoot: '/',
    entry: entry && { ...entry, script: null, imports: [] },
    inlineStyles: true,
    head: problem === 'unavailable' ? '<meta http-equiv="refresh" content="3">' : '',
  });
}
