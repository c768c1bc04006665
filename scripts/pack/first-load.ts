import { chromium } from 'playwright-core';
import type { BridgeHost } from '#contract/bridge.ts';
import { fail, ok } from '#contract/errors.ts';
import { aBoard, aStatus } from '#renderer/testing/hand-bridge.ts';
import { findChromium } from '../chromium.ts';
import { serveScreen } from './serve-screen.ts';

interface Loaded {
  path: string;
  bytes: number;
}

/** Opens the built screen in Chromium. @returns every script that it loads until an empty board is there, uncompressed */
export async function firstLoad(root: string): Promise<Loaded[]> {
  const host: BridgeHost = {
    async call(name) {
      if (name === 'getBoard') return ok(aBoard(1));
      return name === 'getStatus' ? ok(aStatus()) : fail('unavailable', 'nothing but the board');
    },
    onPush: () => () => false,
  };
  const screen = await serveScreen(root, host);
  const browser = await chromium.launch({ executablePath: await findChromium() });
  try {
    const page = await browser.newPage();
    const scripts: Promise<Loaded>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() !== 'script') return;
      const path = new URL(response.url()).pathname;
      scripts.push(response.body().then(({ length }) => ({ path, bytes: length })));
    });
    await page.goto(screen.address);
    await page.getByTestId('board').waitFor();
    await page.waitForLoadState('networkidle');
    return await Promise.all(scripts);
  } finally {
    await browser.close();
    await screen.close();
  }
}
