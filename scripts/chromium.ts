import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

interface Chromium {
  path: string;
  /** Where it comes from, for a person to read. */
  from: string;
}

/** A minute is long for a launch and short for a test run. */
const LAUNCH_MS = 60_000;
const DOWNLOAD_MS = 4 * 60_000;
const APT_MS = 6 * 60_000;

/** The path of an installed browser, not checked to work; null when there is none. */
export const presentChromium = (): string | null => candidates()[0]?.path ?? null;

/**
 * The path of a Chromium that starts: the one that `CHROMIUM` names, Playwright's own, or one of the system; else Playwright
 * fetches one, or apt installs one (Debian, as root). Each attempt has a time limit.
 * Throws one sentence when all fail.
 *
 * @param say gets a line for each attempt and for the result
 */
export async function findChromium(say: (line: string) => void = console.error): Promise<string> {
  const named = process.env.CHROMIUM;
  for (const fetch of named ? [null] : [null, byPlaywright, byApt]) {
    if (fetch && !(await fetch(say))) continue;
    const found = await firstThatStarts(say);
    if (!found) continue;
    say(`Chromium: ${found.path} (${found.from})`);
    return found.path;
  }
  throw new Error(
    named
      ? 'the Chromium that CHROMIUM names does not start'
      : 'no Chromium could be found or installed; set CHROMIUM to the path of one',
  );
}

function candidates(): Chromium[] {
  const named = process.env.CHROMIUM;
  if (named) return [{ path: named, from: 'CHROMIUM' }];
  return [
    { path: chromium.executablePath(), from: "Playwright's own" },
    ...chromiumPaths(process.platform, process.env).map((path) => ({ path, from: "the system's" })),
  ].filter(({ path }) => existsSync(path));
}

async function firstThatStarts(say: (line: string) => void): Promise<Chromium | null> {
  for (const candidate of candidates()) {
    try {
      const browser = await chromium.launch({ executablePath: candidate.path, timeout: LAUNCH_MS });
      await browser.close();
      return candidate;
    } catch (error) {
      say(`${candidate.path} (${candidate.from}) does not start: ${firstLine(error)}`);
    }
  }
  return null;
}

/** Runs a program without showing its output. False, with the reason to `say`, when it fails or takes longer than `timeout` ms. */
async function attempt(
  command: string,
  args: string[],
  timeout: number,
  say: (line: string) => void,
): Promise<boolean> {
  try {
    await promisify(execFile)(command, args, { timeout, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 * 1024 });
    return true;
  } catch (error) {
    say(String(error instanceof Error ? error.message : error).trim());
    return false;
  }
}

async function byPlaywright(say: (line: string) => void): Promise<boolean> {
  say('no Chromium here; fetching the one that Playwright is made for …');
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
  return attempt(process.execPath, [cli, 'install', 'chromium'], DOWNLOAD_MS, say);
}

async function byApt(say: (line: string) => void): Promise<boolean> {
  const able = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && existsSync('/etc/debian_version');
  if (!able) return false;
  say('asking apt-get for chromium …');
  const apt = (...args: string[]) => attempt('apt-get', args, APT_MS, say);
  return (await apt('update', '-q')) && (await apt('install', '-qy', '--no-install-recommends', 'chromium'));
}

const firstLine = (error: unknown): string =>
  String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';

/** Usual paths of Chromium browsers; the first that works is taken. */
function chromiumPaths(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (platform === 'darwin')
    return ['/Applications', join(env.HOME ?? '/', 'Applications')].flatMap((folder) =>
      ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((app) => `${folder}/${app}.app/Contents/MacOS/${app}`),
    );
  if (platform === 'win32')
    return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => [
        `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
        `${folder}\\Chromium\\Application\\chrome.exe`,
        `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`,
      ]);
  return ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'].map(
    (name) => `/usr/bin/${name}`,
  );
}
