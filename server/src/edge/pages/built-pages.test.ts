import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createBuiltPages } from './built-pages.ts';

/** A folder as a build leaves it, with one page. */
async function open() {
  const dir = await mkdtemp(join(tmpdir(), 'ticketrail-pages-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  let builds = 0;
  async function build(script: string, css = 'p{color:red}'): Promise<void> {
    await mkdir(join(dir, 'assets'), { recursive: true });
    const files = {
      [`my-${script}.js`]: script,
      'shared-1.js': 'shared',
      'look-1.css': css,
      [`my-${script}.js.br`]: 'br',
    };
    for (const [name, text] of Object.entries(files)) await writeFile(join(dir, 'assets', name), text);
    const manifest = {
      'my/main.ts': { file: `assets/my-${script}.js`, imports: ['_shared-1.js'] },
      '_shared-1.js': { file: 'assets/shared-1.js', css: ['assets/look-1.css'] },
    };
    await writeFile(join(dir, 'manifest.json'), JSON.stringify(manifest));
    await utimes(join(dir, 'manifest.json'), new Date(), new Date(++builds * 1_000));
  }
  return { dir, build, built: createBuiltPages(dir) };
}

it('until there is a build, it says so', async () => {
  const { built, build } = await open();
  await expect(built()).rejects.toMatchObject({ code: 'unavailable' });
  await build('one');
  expect((await built()).entry('my').script).toBe('assets/my-one.js');
});

it('a page names its script, what that imports, and the styles of both', async () => {
  const { built, build } = await open();
  await build('one');
  const { imports, styles, css, cssHash } = (await built()).entry('my');
  expect([imports, styles, css]).toEqual([['assets/shared-1.js'], ['assets/look-1.css'], 'p{color:red}']);
  expect(cssHash).toMatch(/^'sha256-[\w+/]{43}='$/);
  const asset = (await built()).assets.get('my-one.js');
  expect([asset?.bodies.identity.toString(), asset?.bodies.br?.toString()]).toEqual(['one', 'br']);
  await expect(built().then((pages) => pages.entry('admin'))).rejects.toThrow('no entry admin');
});

it('a new build shows without a restart, and a page that is open keeps its files', async () => {
  const { built, build } = await open();
  await build('one');
  await built();
  await build('two');
  const pages = await built();
  expect(pages.entry('my').script).toBe('assets/my-two.js');
  expect([...pages.assets.keys()].sort()).toEqual(['look-1.css', 'my-one.js', 'my-two.js', 'shared-1.js']);
});

it('while a build replaces the folder, the one before is served', async () => {
  const { dir, built, build } = await open();
  await build('one');
  await built();
  await rm(join(dir, 'manifest.json'));
  expect((await built()).entry('my').script).toBe('assets/my-one.js');
});
