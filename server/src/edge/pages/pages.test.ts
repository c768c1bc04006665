import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { orderDraft } from '#test/support/order-draft.ts';
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

describe('[section 3] the page of an order', () => {
  it('shows that order, and a customer’s own token leads nowhere there', async () => {
    const store = await server.makeStore();
    const note = '</script><script>alert(1)</script>';
    const body = orderDraft({ number: '4711', note, customer: { ref: 'u-1', name: 'Nino', phone: '+995555' } });
    const order = (await server.api('POST', '/orders', { token: store.integration.token, body })).json;
    const path = new URL(order.tracking.url).pathname;
    const html = await (await get(path)).text();
    expect(html).toContain(`data-testid="order" data-order-id="${order.id}" data-status="pending"`);
    expect(html).toContain('Order 4711');
    expect(html).not.toMatch(/<script>|Nino|\+995|u-1/);
    const link = { body: { ref: 'u-1' }, token: store.integration.token };
    const { token } = (await server.api('POST', `/stores/${store.id}/customer-links`, link)).json;
    expect((await get(`/track/${token}`)).status).toBe(404);
    await server.api('DELETE', `/orders/${order.id}`, { token: store.integration.token });
    expect((await get(path)).status).toBe(404);
  });

  it('[section 9] shows when each step happened, and nobody of the staff', async () => {
    const store = await server.makeStore();
    const body = orderDraft({ fulfilment: 'pickup' });
    const order = (await server.api('POST', '/orders', { token: store.integration.token, body })).json;
    const times: string[] = [order.placedAt];
    for (const status of ['preparing', 'ready', 'preparing', 'ready', 'completed']) {
      const moved = await server.api('POST', `/orders/${order.id}/status`, {
        token: store.integration.token,
        body: { status },
      });
      times.push(moved.json.statusSince);
    }
    const html = await (await get(new URL(order.tracking.url).pathname)).text();
    const steps = html.split('data-testid="track-step"').slice(1);
    const shown = steps.map((step) => /<time datetime="([^"]+)"/i.exec(step)?.[1]);
    expect(shown).toEqual([times[0], times[3], times[4], times[5]]);
    expect(html).not.toContain(store.integration.deviceId);
    expect(html).not.toContain('Web shop');
  });

  it('is counted by its token, so that guests of one network do not close it to one another', async () => {
    const limited = await startServer({ RATE_LIMIT: '1000' });
    onTestFinished(() => limited.close());
    const store = await limited.makeStore();
    const body = orderDraft();
    const { tracking } = (await limited.api('POST', '/orders', { token: store.integration.token, body })).json;
    const statusOf = async (url: string) => {
      const answer = await fetch(url, { headers: { accept: 'text/html' } });
      await answer.arrayBuffer();
      return answer.status;
    };
    for (let i = 0; i < 70; i++) expect(await statusOf(tracking.url)).toBe(200);
    const wrong: number[] = [];
    for (let i = 0; i < 61; i++) wrong.push(await statusOf(`${tracking.url}x`));
    expect([wrong[0], wrong.at(-1)]).toEqual([404, 429]);
    expect(await statusOf(tracking.url)).toBe(200);
  });
});
