import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createNodePorts } from '#adapters/node-ports.ts';
import type { PushName, PushPayload } from '#contract/bridge.ts';
import type { GoTo } from '#contract/desktop.ts';
import { createDisplay } from '#core/create-display.ts';
import { linkIn } from '#main/deep-link.ts';
import { ALREADY_RUNNING } from '#main/setup-identity.ts';
import { serveScreen } from '../../scripts/pack/serve-screen.ts';

/**
 * A program that `npm run smoke` can use like the packed one: the core and its page in Chromium, one instance for a data folder, and
 * links from a second start. `CHROMIUM` names the browser.
 */
const { TICKETRAIL_DATA: dataDir = '', TICKETRAIL_SERVER, TICKETRAIL_TOKEN, CHROMIUM = '' } = process.env;
const instance = join(dataDir, 'instance');
type Listener = <K extends PushName>(name: K, payload: PushPayload<K>) => void;

if (await handedOver(linkIn(process.argv))) process.exit(ALREADY_RUNNING);

mkdirSync(dataDir, { recursive: true });
const connection = { serverUrl: TICKETRAIL_SERVER ?? '', token: TICKETRAIL_TOKEN ?? '' };
const log = { info() {}, warn() {}, error() {} };
const display = createDisplay(createNodePorts({ dataDir, log }), {
  appVersion: '0.0.0',
  connection: { read: async () => connection, write: async () => {} },
});
await display.start();

const pages = new Set<Listener>();
let called = false;
const screen = await serveScreen(join(import.meta.dirname, '../..'), {
  call(name, input) {
    if (!called) console.log('display ready');
    called = true;
    return display.call(name, input);
  },
  onPush(listener) {
    pages.add(listener);
    const undo = display.onPush(listener);
    return () => {
      pages.delete(listener);
      undo();
    };
  },
});
rmSync(instance, { force: true });
createServer(async (second) => {
  const goTo = JSON.parse(await text(second)) as GoTo;
  for (const push of pages) push('goTo', goTo);
})
  .listen(instance)
  .unref();

const profile = `--user-data-dir=${join(dataDir, 'chromium')}`;
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', profile];
const browser = spawn(CHROMIUM, [...flags, ...process.argv.slice(2), screen.address], { stdio: 'inherit' });
browser.once('exit', async (code) => {
  await screen.close();
  await display.close();
  process.exit(code ?? 1);
});

/** Hands a link to the instance that runs on this folder. @returns whether there is one */
function handedOver(link: GoTo | null): Promise<boolean> {
  return new Promise((resolve) => {
    const first = connect(instance);
    first.once('error', () => resolve(false));
    first.once('connect', () => first.end(JSON.stringify(link), () => resolve(true)));
  });
}
