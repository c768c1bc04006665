import type { Http, HttpAnswer } from '#core/ports.ts';

/** Parses `Retry-After` in seconds, as our server sends it. A date is ignored, since this machine's clock may be wrong. */
function retryAfter(header: string | null): number | null {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null;
}

async function exchange(request: Parameters<Http['request']>[0], signal: AbortSignal): Promise<HttpAnswer> {
  const response = await fetch(request.url, {
    method: request.method,
    headers: {
      ...request.headers,
      accept: 'application/json',
      // A connection kept from before a fault may be dead, and a request on it would wait for its time limit.
      connection: 'close',
      ...(request.token === null ? {} : { authorization: `Bearer ${request.token}` }),
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    redirect: 'error',
    signal,
  });
  const text = await response.text();
  let body: unknown = null;
  try {
    body = JSON.parse(text);
  } catch {
    // Not from our server, such as a proxy's error page; the status is enough.
  }
  return { status: response.status, body, retryAfterMs: retryAfter(response.headers.get('retry-after')) };
}

/** Node's fetch. Redirects are refused: they would send the token to another address. */
export const nodeHttp: Http = {
  request(request) {
    const abort = new AbortController();
    return { answer: exchange(request, abort.signal), cancel: () => abort.abort() };
  },
};
