import { defineConfig } from '@playwright/test';
import { presentChromium } from './scripts/chromium.ts';

/**
 * Beside each new page Chromium loads a list of suggestions for its address bar, which takes more of the processor than the
 * page does, and starts a process for a page that may be opened next. The switch replaces Playwright's own list, so what
 * matters of that is repeated.
 */
const SWITCHED_OFF = [
  'SpareRendererForSitePerProcess',
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'],
  ...[
    'DestroyProfileOnBrowserClose',
    'HttpsUpgrades',
    'HttpsFirstBalancedModeAutoEnable',
    'MediaRouter',
    'PaintHolding',
  ],
];

/** Runs the same specs twice: in a browser, on a page of the browser host, and in Electron. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // Twice the cores that we expect: many specs wait, for a time limit, an answer or a frame.
  workers: 4,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: process.env.CI ? 1 : 0,
  reporter: 'list',
  use: {
    browserName: 'chromium',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? presentChromium() ?? '',
      args: [`--disable-features=${SWITCHED_OFF}`],
    },
    viewport: { width: 1280, height: 800 },
    actionTimeout: 15_000,
    // Specs of what moves ask for motion.
    contextOptions: { reducedMotion: 'reduce' },
    // Recording a trace slows specs down, so only a retry does it, which CI makes for that.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
  },
  projects: [{ name: 'browser' }, { name: 'electron' }],
});
