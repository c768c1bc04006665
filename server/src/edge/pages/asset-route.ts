import type { App } from '../app.ts';
import { nothingHere } from '../http-errors.ts';
import type { BuiltPages } from './built-pages.ts';

/** `/assets/…`: the files of the pages, compressed beforehand. Anybody may read them, without a limit: they are in memory. */
export function assetRoute(app: App, built: () => Promise<BuiltPages>): void {
  const options = { config: { audience: 'free' as const }, schema: { hide: true } };
  app.get('/assets/:name', options, async (request, reply) => {
    const { assets } = await built();
    const asset = assets.get((request.params as { name: string }).name);
    if (!asset) throw nothingHere();
    const { br, gzip, identity } = asset.bodies;
    const accepted = request.headers['accept-encoding'] ?? '';
    reply
      .type(asset.type)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding');
    if (br && /\bbr\b/.test(accepted)) return reply.header('content-encoding', 'br').send(br);
    if (gzip && /\bgzip\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(gzip);
    return reply.send(identity);
  });
}
