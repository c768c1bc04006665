import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readScreenFiles } from '#adapters/screen-files.ts';
import type { BridgeHost } from '#contract/bridge.ts';
import { serveBridge } from '#node-host/serve-bridge.ts';
import { SCREEN } from '../start/builds.ts';
import { ensureBuilt } from '../start/ensure-built.ts';

/** Serves the built screen on a free port, with the real bridge to a host in this process. */
export async function serveScreen(
  root: string,
  host: BridgeHost,
): Promise<{ address: string; close(): Promise<void> }> {
  const files = await readScreenFiles(await ensureBuilt(root, SCREEN, console.log));
  const http = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://screen');
    const file = files.get(pathname === '/' ? '/index.html' : pathname);
    response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' }).end(file?.body);
  });
  const bridge = serveBridge(http, host, () => true);
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${(http.address() as AddressInfo).port}/`,
    async close() {
      bridge.close();
      http.close();
    },
  };
}
