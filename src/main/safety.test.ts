import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SCREEN } from '../../scripts/start/builds.ts';
import { ensureBuilt } from '../../scripts/start/ensure-built.ts';

/** Checks for docs/security.md that the sources use Electron in none of the ways that its checklist warns of. */

const root = join(import.meta.dirname, '../..');
const sources = ['src/main', 'src/preload']
  .flatMap((dir) => readdirSync(join(root, dir)).map((name) => join(root, dir, name)))
  .filter((file) => /\.ts$/.test(file) && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(file, 'utf8'));

describe('the shell', () => {
  test('[15] never opens anything in another program', () => {
    for (const text of sources) expect(text).not.toMatch(/openExternal|openPath|\bshell\b.*from 'electron'/);
  });

  test('[6] [8] [9] [10] [11] never disables a protection', () => {
    const off =
      /webSecurity|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|allowpopups|nodeIntegration: true|sandbox: false|contextIsolation: false|no-sandbox|bypassCSP|disable-web-security|ignore-certificate/;
    for (const text of sources) expect(text).not.toMatch(off);
  });

  test('[1] [18] loads pages from app:// only', () => {
    for (const text of sources) expect(text).not.toMatch(/loadFile|file:\/\/|load(URL)?\(['"`]http/);
    expect(sources.join('').match(/loadURL\(/g)).toHaveLength(1);
  });

  test('[20] exposes two functions and a constant to the page, and nothing of Electron', () => {
    const preload = readFileSync(join(root, 'src/preload/preload.ts'), 'utf8');
    expect(preload.match(/exposeInMainWorld\('(\w+)'/g)).toHaveLength(1);
    // The event object does not reach the page.
    expect(preload).toContain('(_: IpcRendererEvent, name: string, payload: unknown) => listener(name, payload)');
  });
});

test('[7] the built page has no inline scripts or styles and no foreign content', async () => {
  const page = readFileSync(join(await ensureBuilt(root, SCREEN, () => {}), 'index.html'), 'utf8');
  for (const [, attributes, content] of page.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)) {
    expect(attributes).toMatch(/src="\.?\/assets\//);
    expect(content).toBe('');
  }
  expect(page).not.toMatch(/<style|style="|\son\w+="|(src|href)="(https?:)?\/\//);
}, 120_000);
