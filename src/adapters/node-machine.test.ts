import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unzip } from '#test/support/unzip.ts';
import { nodeMachine } from './node-machine.ts';

const machine = nodeMachine({ host: 'browser', dataDir: tmpdir(), lastLogLines: async () => '' });
const zip = async (texts: Record<string, string>): Promise<Buffer> => Buffer.from(await machine.zip(texts), 'base64');
const files = { 'about.json': '{"a":1}', 'ชื่อ.txt': 'ข้าว '.repeat(50_000), 'empty.txt': '' };

test('zips texts with names in any script, also empty ones, and compresses them', async () => {
  const archive = await zip(files);
  expect(unzip(archive)).toEqual(files);
  expect(archive.length).toBeLessThan(5_000);
});

test('makes a valid archive of no files', async () => expect(unzip(await zip({}))).toEqual({}));

test.skipIf(!hasPython())('makes an archive that another program accepts', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'zip-')), 'a.zip');
  writeFileSync(file, await zip(files));
  const script =
    'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print(z.testzip(), [len(z.read(n)) for n in z.namelist()])';
  const sizes = Object.values(files).map((text) => Buffer.byteLength(text));
  expect(execFileSync('python3', ['-c', script, file], { encoding: 'utf8' })).toBe(`None [${sizes.join(', ')}]\n`);
});

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version']);
    return true;
  } catch {
    return false;
  }
}
