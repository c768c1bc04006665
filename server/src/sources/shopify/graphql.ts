import { z } from 'zod';
import { AccessEnded, Later, Refused, type ServiceClient } from '../service-client.ts';

/** https://shopify.dev/docs/api/usage/versioning: each is kept for at least a year. */
const VERSION = '2026-10';
/** Renewed this long before its end, ms. */
const EARLY_MS = 60_000;

const Token = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().default(86_399) });
const Answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({
        message: z.string().catch(''),
        extensions: z.object({ code: z.string() }).partial().nullish().catch(null),
      }),
    )
    .catch([]),
  extensions: z
    .object({
      cost: z.object({
        requestedQueryCost: z.number(),
        throttleStatus: z.object({ currentlyAvailable: z.number(), restoreRate: z.number().positive() }),
      }),
    })
    .nullish()
    .catch(null),
});

export type Ask = (query: string, variables: Record<string, unknown>) => Promise<Record<string, unknown>>;

/**
 * Asks the Admin API. Its token is short-lived: taken for the app's id and secret, and once more when it is refused.
 * https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/client-credentials-grant
 *
 * @returns `data` of the answer; throws what the client throws
 */
export function createAsk(
  client: ServiceClient,
  secret: { clientId: string; clientSecret: string },
  now: () => number,
): Ask {
  let token: Promise<{ text: string; until: number }> | null = null;

  async function exchange() {
    const body = { client_id: secret.clientId, client_secret: secret.clientSecret, grant_type: 'client_credentials' };
    try {
      const answer = Token.safeParse(await client.call('POST', '/admin/oauth/access_token', { body }));
      if (!answer.success) throw new Later('Shopify gave no token');
      return { text: answer.data.access_token, until: now() + answer.data.expires_in * 1_000 - EARLY_MS };
    } catch (error) {
      if (error instanceof Refused) throw new AccessEnded(error.message);
      throw error;
    }
  }

  async function tokenText(): Promise<string> {
    token ??= exchange();
    try {
      const { text, until } = await token;
      if (now() < until) return text;
      token = exchange();
      return (await token).text;
    } catch (error) {
      token = null;
      throw error;
    }
  }

  async function post(query: string, variables: Record<string, unknown>): Promise<unknown> {
    return client.call('POST', `/admin/api/${VERSION}/graphql.json`, {
      body: { query, variables },
      headers: { 'x-shopify-access-token': await tokenText() },
    });
  }

  return async (query, variables) => {
    let answer: unknown;
    try {
      answer = await post(query, variables);
    } catch (error) {
      if (!(error instanceof AccessEnded) || token === null) throw error;
      token = null;
      answer = await post(query, variables);
    }
    return dataOf(answer);
  };
}

function dataOf(answer: unknown): Record<string, unknown> {
  const parsed = Answer.safeParse(answer);
  if (!parsed.success) throw new Later('Shopify’s answer is not as expected');
  const { data, errors, extensions } = parsed.data;
  if (errors.some((one) => one.extensions?.code === 'THROTTLED')) {
    const cost = extensions?.cost;
    const missing = cost ? cost.requestedQueryCost - cost.throttleStatus.currentlyAvailable : 0;
    throw new Later(
      'too many calls',
      cost ? Math.ceil((Math.max(0, missing) / cost.throttleStatus.restoreRate) * 1_000) : null,
    );
  }
  // A field that the app may not read is null beside an error; the rest counts.
  if (data && Object.values(data).some((field) => field !== null)) return data;
  const [first] = errors;
  if (!first) return data ?? {};
  const words = errors
    .map(({ message }) => message)
    .join('; ')
    .slice(0, 300);
  if (first.extensions?.code === 'ACCESS_DENIED') throw new AccessEnded(words);
  if (first.extensions?.code === 'INTERNAL_SERVER_ERROR') throw new Later(words);
  throw new Refused(words, 422);
}
