import { sign } from 'node:crypto';
import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { signedWords } from '#main/update-signature.ts';

/**
 * Signs the files that electron-builder wrote for the updaters (`latest.yml`, `latest-mac.yml`, `latest-linux.yml`), and sets
 * the percentage of displays that take the update. It is not signed, so that it can be raised by hand as a version proves itself.
 *
 * @param privateKey Ed25519, PEM
 * @throws when there is nothing to sign, or a file that it cannot parse
 */
export async function signFeed(dir: string, privateKey: string, share: number): Promise<void> {
  const names = (await readdir(dir)).filter((name) => /^latest.*\.yml$/.test(name));
  if (names.length === 0) throw new Error(`There is no latest.yml in ${dir} to sign.`);
  for (const name of names) {
    const text = await readFile(join(dir, name), 'utf8');
    const version = /^version: (\S+)$/m.exec(text)?.[1];
    const files = [...text.matchAll(/^ +- url: (.+)\n +sha512: (\S+)$/gm)].map(([, url = '', sha512 = '']) => ({
      url,
      sha512,
    }));
    if (!version || files.length === 0) throw new Error(`${name} is not what an updater reads.`);
    const signature = sign(null, signedWords({ version, files }), privateKey).toString('base64');
    await appendFile(join(dir, name), `signature: ${signature}\nstagingPercentage: ${share}\n`);
  }
}
