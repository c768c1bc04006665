import { type IncomingMessage, request as sendHttp } from 'node:http';
import { request as sendHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Http, HttpAnswer } from '#core/ports.ts';

/** Parses `Retry-After` in seconds, as our server sends it. A date is ignored, since this machine's clock may be wrong. */
function retryAfter(header: string | undefined): number | null {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : null;
}

function send(request: Parameters<Http['request']>[0], signal: AbortSignal): Promise<IncomingMessage> {
  const { method, url, token } = request;
  const body = request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body));
  const headers = {
    ...request.headers,
    accept: 'application/json',
    'accept-encoding': 'gzip',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': body.length }),
  };
  const start = url.startsWith('https:') ? sendHttps : sendHttp;
  // Without an agent each request has a new connection: one from before a fault may be dead, and a request on it would wait for its
  // time limit.
  return new Promise((resolve, reject) => {
    start(url, { method, headers, agent: false, signal }, resolve).on('error', reject).end(body);
  });
}

async function exchange(request: Parameters<Http['request']>[0], signal: AbortSignal): Promise<HttpAnswer> {
  const response = await send(request, signal);
  const { statusCode: status = 0, headers } = response;
  if (status >= 300 && status < 400) {
    response.destroy();
    throw new Error(`the answer is a redirect (${status})`);
  }
  const json =
    headers['content-encoding'] === 'gzip'
      ? await pipeline(response, createGunzip(), text)
      : await pipeline(response, text);
  let body: unknown = null;
  try {
    body = JSON.parse(json);
  } catch {
    // Not from our server, such as a proxy's error page; the status is enough.
  }
  return { status, body, retryAfterMs: retryAfter(headers['retry-after']) };
}

/**
 * Node's HTTP client. Its fetch would end the program if a connection ended while the buffer is full (nodejs/undici#5360), as it is by
 * a long snapshot. Redirects are refused: they would send the token to another address.
 */
export const nodeHttp: Http = {
  request(request) {
    const abort = new AbortController();
    return { answer: exchange(request, abort.signal), cancel: () => abort.abort() };
  },
};
