import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** The arguments of `npm run display:web` (contract, section 1). */
export interface HostOptions {
  /** Null: from the stored connection, or else the first-run screen asks. */
  serverUrl: string | null;
  token: string | null;
  dataDir: string;
  /** 0 takes any free port. */
  port: number;
  host: string;
  /** The origin of a proxy in front of the host, with or without TLS; null: none. */
  publicUrl: string | null;
  /** Admits one browser in place of the key, soon after the start; null: none. */
  oneTimeKey: string | null;
}

/** An invalid argument; the message is one sentence for the person who typed it. */
export class UsageError extends Error {}

export const USAGE = `npm run display:web -- [--server URL] [--token T | --token-file F] [--data DIR] [--port 4320] [--host 127.0.0.1]
                           [--public-url URL]

  --server      address of the companion server, such as http://127.0.0.1:4310
  --token       the display's token; other users of this machine can see it: TICKETRAIL_TOKEN or --token-file hide it
  --data        folder for the order copy, the queue and the key (default ./data/display)
  --port        where browsers find the screen (default 4320)
  --host        0.0.0.0 lets tablets in this network in (default: this machine only)
  --public-url  address of a proxy in front, such as https://board.example, where browsers find the screen

Without server or token the screen asks for them.`;

/**
 * Reads arguments and environment. The token comes from `--token`, else `--token-file`, else `TICKETRAIL_TOKEN`; the
 * one-time key of `npm start` from `TICKETRAIL_ONE_TIME_KEY`, which other users cannot see.
 *
 * @throws {UsageError}
 */
export function readHostOptions(args: string[], env: Record<string, string | undefined>): HostOptions | 'help' {
  const values = parse(args);
  if (values.help) return 'help';
  return {
    serverUrl: values.server === undefined ? null : serverUrlOf(values.server),
    token: (values.token ?? tokenIn(values['token-file']) ?? env.TICKETRAIL_TOKEN)?.trim() || null,
    dataDir: resolve(values.data ?? 'data/display'),
    port: portOf(values.port ?? '4320'),
    host: values.host ?? '127.0.0.1',
    publicUrl: values['public-url'] === undefined ? null : originOf(values['public-url']),
    oneTimeKey: env.TICKETRAIL_ONE_TIME_KEY ?? null,
  };
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args,
      options: {
        server: text,
        token: text,
        'token-file': text,
        data: text,
        port: text,
        host: text,
        'public-url': text,
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}. Try --help.`);
  }
}

function serverUrlOf(text: string): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError(`--server must be an address such as http://127.0.0.1:4310, not "${text}".`);
  if (url.origin !== url.href.replace(/\/$/, ''))
    throw new UsageError(`--server must end after host and port, as in ${url.origin}, not "${text}".`);
  return url.origin;
}

function originOf(text: string): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/')
    throw new UsageError(
      `--public-url must be an address without a path, such as https://board.example, not "${text}".`,
    );
  return url.origin;
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError(`--port must be a number up to 65535, not "${text}".`);
  return port;
}

function tokenIn(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`--token-file ${file} cannot be read.`);
  }
}
