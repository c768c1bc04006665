import { createPublicKey } from 'node:crypto';
import { build, type Configuration } from 'electron-builder';
import { signFeed } from './sign-feed.ts';

export interface PackOptions {
  root: string;
  /** The folder for installers or unpacked programs. */
  output: string;
  /** Default: this machine's. */
  platforms: readonly ('linux' | 'mac' | 'win')[];
  /** Only the unpacked program. */
  dir: boolean;
  /** An unpacked Electron to use instead of fetching one. */
  electronDist?: string;
  /** Where updates are, the private key that signs them, and the percentage of displays that get this one. */
  updates: { url: string | undefined; key: string | undefined; share: string | undefined };
}

/**
 * Packs the built program as configured in electron-builder.yml.
 *
 * @throws with one sentence when the environment's update settings do not fit together
 */
export async function pack({ root, output, platforms, dir, electronDist, updates }: PackOptions): Promise<void> {
  const { url, key } = updates;
  if (Boolean(url) !== Boolean(key))
    throw new Error('TICKETRAIL_UPDATES and TICKETRAIL_UPDATE_KEY go together: give both or neither.');
  const share = Number(updates.share ?? 100);
  if (!Number.isInteger(share) || share < 0 || share > 100)
    throw new Error('TICKETRAIL_UPDATE_SHARE is a whole number from 0 to 100.');

  const config: Configuration = {
    directories: { output },
    // Without a feed no `app-update.yml` is packed, and the program looks for no updates.
    publish: url ? { provider: 'generic', url, channel: 'latest' } : null,
    ...(key && { extraMetadata: { updateKey: publicKeyOf(key) } }),
    ...(electronDist && { electronDist }),
  };
  const targets = Object.fromEntries(platforms.map((platform) => [platform, [] as string[]]));
  await build({ projectDir: root, publish: 'never', config, ...targets, ...(dir && { dir }) });
  if (key && !dir) await signFeed(output, key, share);
}

/** As the program stores it: base64 of the key's DER. */
function publicKeyOf(privateKey: string): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
}
