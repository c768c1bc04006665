import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '#test/support/server.ts';
import { PAGES } from '../../../../scripts/start/builds.ts';
import { ensureBuilt } from '../../../../scripts/start/ensure-built.ts';

let server: TestServer;
beforeAll(async () => {
  await ensureBuilt(join(import.meta.dirname, '../../../..'), PAGES, () => {});
  server = await startServer();
}, 120_000);
afterAll(() => server.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { headers: { accept: 'text/html', ...headers } });

describe('[section 9] a page', () => {
  it('loads only files of this server, in no frame, names no address, and is kept by nobody', async () => {
    const { status, headers } = await get('/my');
    expect(status).toBe(200);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect([headers.get('referrer-policy'), headers.get('cache-control')]).toEqual(['no-referrer', 'no-store']);
  });

  it('has no script in its HTML, and styles only as its policy names them', async () => {
    const answer = await get('/my');
    const html = await answer.text();
    expect(html.match(/<script type="module" src="[^"]+"><\/script>/g)).toHaveLength(1);
    expect(html.replace(/<script type="(module" src="[^"]+|application\/json" id="state)">/g, '')).not.toMatch(
      /<script| style="| on[a-z]+="/,
    );
    const css = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(css))).toString('base64');
    expect(answer.headers.get('content-security-policy')).toContain(`'sha256-${hash}'`);
  });

  it.each([
    ['ka', 'ltr', 'თქვენი შეკვეთები'],
    ['ar', 'rtl', 'طلباتك'],
  ])('is in the language that the browser asks for: %s', async (language, dir, title) => {
    const html = await (await get('/my', { 'accept-language': language })).text();
    expect(html).toContain(`<html lang="${language}" dir="${dir}">`);
    expect(html).toContain(`<title>${title}</title>`);
  });

  it('is compressed, and its files too, for as long as a browser likes to keep them', async () => {
    const page = await get('/my', { 'accept-encoding': 'br' });
    expect(page.headers.get('content-encoding')).toBe('br');
    const script = /src="(assets\/my-[^"]+)"/.exec(await page.text())?.[1];
    for (const encoding of ['br', 'gzip', 'identity']) {
      const { headers } = await get(`/${script}`, { 'accept-encoding': encoding });
      expect(headers.get('content-encoding') ?? 'identity').toBe(encoding);
      expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
  });
});

describe('[section 9] an address that leads nowhere', () => {
  it('is a page in plain words for a browser', async () => {
    for (const path of ['/nothing', '/track/x', '/track/', `/track/${'x'.repeat(90)}`]) {
      const answer = await get(path, { 'accept-language': 'es' });
      expect([path, answer.status]).toEqual([path, 404]);
      expect(await answer.text()).toContain('Aquí no hay nada');
    }
  });

  it('is the contract’s error for a program, and below /api and /assets for everybody', async () => {
    for (const [path, accept] of [
      ['/nothing', '*/*'],
      ['/api/v1/nothing', 'text/html'],
      ['/assets/nothing.js', 'text/html'],
      ['/assets/..%2Fmanifest.json', 'text/html'],
    ] as const) {
      const answer = await get(path, { accept });
      expect([path, answer.status, (await answer.json()).error.code]).toEqual([path, 404, 'not_found']);
    }
  });
});
