import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { readScreenFiles } from '#adapters/screen-files.ts';
import { createHostNames } from './host-names.ts';
import { createPageAccess } from './page-access.ts';
import { serveScreen } from './serve-screen.ts';

const KEY = 'abcdefghijklmnopqrstuv';
const access = createPageAccess(KEY);
const cookie = access.setCookie(false).split(';')[0] ?? '';

function screenFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'screen-'));
  mkdirSync(join(dir, 'assets'));
  writeFileSync(join(dir, 'index.html'), '<!doctype html><title>Board</title>');
  writeFileSync(join(dir, 'assets', 'main-3f2a.js'), 'console.log(1)');
  writeFileSync(join(dir, '.sources'), 'secret');
  writeFileSync(join(dir, 'main.js.map'), '{}');
  return dir;
}

let app: Awaited<ReturnType<typeof serveScreen>>;
beforeEach(async () => {
  app = await serveScreen(await readScreenFiles(screenFolder()), access, createHostNames('127.0.0.1'));
});
const get = (url: string, headers: Record<string, string> = {}) =>
  app.inject({ url, headers: { host: '127.0.0.1:4320', ...headers } });

describe('the key (contract, section 1)', () => {
  test('is exchanged for an HttpOnly, SameSite=Strict cookie and an address without the key', async () => {
    const answer = await get(`/?key=${KEY}`);
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe('/');
    expect(answer.headers['set-cookie']).toMatch(
      /^ticketrail_[0-9a-f]{8}=[\w-]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/,
    );
    expect(answer.headers['set-cookie']).not.toContain(KEY);
  });

  test('gives a cookie that opens the board and that each visit renews', async () => {
    const answer = await get('/', { cookie });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('Board');
    expect(answer.headers['set-cookie']).toBe(access.setCookie(false));
    expect(answer.headers['cache-control']).toBe('no-cache');
  });

  test('is removed from the address even if the browser already has the cookie', async () => {
    for (const key of [KEY, 'an-old-one']) expect((await get(`/?key=${key}`, { cookie })).headers.location).toBe('/');
  });

  test('has a one-time substitute, which admits one browser within a minute of the start', async () => {
    let elapsed = 0;
    const once = 'onceonceonceonceonceon';
    const opened = () => createPageAccess(KEY, once, () => elapsed);
    const screen = await readScreenFiles(screenFolder());
    const answers = async (cookies: string[]) => {
      const host = await serveScreen(screen, opened(), createHostNames('127.0.0.1'));
      elapsed += 59_999;
      const statuses = [];
      for (const cookie of cookies) {
        const headers = { host: '127.0.0.1:4320', ...(cookie && { cookie }) };
        statuses.push((await host.inject({ url: `/?key=${once}`, headers })).statusCode);
      }
      return statuses;
    };
    expect(await answers(['', ''])).toEqual([303, 401]);
    expect(await answers([cookie, ''])).toEqual([303, 401]);
    const late = opened();
    elapsed += 60_000;
    expect(late.admits(once)).toBe(false);
    expect(late.admits(KEY)).toBe(true);
  });

  test('missing or wrong gets 401, a page in plain words, and nothing of the screen', async () => {
    for (const url of ['/', '/index.html', '/assets/main-3f2a.js', '/nothing', '/?key=', '/?key=wrong']) {
      const answer = await get(url);
      expect(answer.statusCode, url).toBe(401);
      expect(answer.body).toContain('needs its key');
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    expect((await get('/', { cookie: `${cookie.slice(0, -1)}!` })).statusCode).toBe(401);
  });

  test('is refused after twenty wrong tries a minute from one address, even if right; cookies still work', async () => {
    for (let i = 0; i < 20; i++) expect((await get('/?key=wrong')).statusCode).toBe(401);
    const answer = await get('/?key=wrong');
    expect(answer.statusCode).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect((await get(`/?key=${KEY}`)).statusCode).toBe(429);
    expect((await get('/', { cookie })).statusCode).toBe(200);
  });
});

describe('every response', () => {
  test('has headers for CSP, frames, sniffing and referrers', async () => {
    for (const url of ['/', `/?key=${KEY}`, '/?key=wrong', '/locked.css', '/nothing']) {
      const { headers } = await get(url, url === '/' ? { cookie } : {});
      expect(headers['content-security-policy']?.toString().split(';').sort(), url).toEqual(
        [
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self' data:",
          "font-src 'self'",
          "media-src 'self'",
          "connect-src 'self'",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'",
        ].sort(),
      );
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['x-frame-options']).toBe('DENY');
    }
  });

  test('is a refusal for a foreign Host, even with key or cookie (DNS rebinding)', async () => {
    for (const url of ['/', `/?key=${KEY}`]) {
      const answer = await get(url, { host: 'evil.example', cookie });
      expect(answer.statusCode).toBe(403);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  });
});

describe('files', () => {
  test('with a hash in their name are cached for ever; the page is revalidated each time', async () => {
    const script = await get('/assets/main-3f2a.js', { cookie });
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(script.headers['cache-control']).toContain('immutable');
    const page = await get('/', { cookie });
    const again = await get('/', { cookie, 'if-none-match': String(page.headers.etag) });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
  });

  test.each([
    '/.sources',
    '/main.js.map',
    '/../package.json',
    '/..%2fpackage.json',
    '/assets/../.sources',
    '//',
    '/%00',
    '/%',
  ])('do not include %s', async (url) => {
    const answer = await get(url, { cookie });
    expect([400, 404]).toContain(answer.statusCode);
    expect(answer.body).not.toContain('secret');
  });

  test('are served for GET and HEAD only', async () => {
    const post = await app.inject({ method: 'POST', url: '/', headers: { host: 'localhost', cookie }, payload: 'x' });
    expect(post.statusCode).toBe(404);
    const head = await app.inject({ method: 'HEAD', url: '/', headers: { host: 'localhost', cookie } });
    expect(head.statusCode).toBe(200);
  });
});
