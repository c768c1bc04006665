import { parseArgs } from 'node:util';
import { PARTS, type Part } from './support/check.ts';
import type { Subject } from './support/subject.ts';

export interface Options {
  /** A running server; missing: one is started. */
  server?: Subject;
  /** The command that starts one, in words; missing: ours. */
  start?: string[];
  slow: boolean;
  /** A display is held against the contract, not a server; then `start` is the command of that. */
  display: boolean;
  /** Parts that the server does not have; missing: those that ours does not have yet. */
  without?: Part[];
  /** Only checks whose group or name has this in it. */
  only: string;
}

export const USAGE = `npm run conformance -- [--server URL --admin-token T | --start "COMMAND"]

  --server URL          a running server; its tokens and settings, as far as they are known:
    --admin-token T       its ADMIN_TOKEN (needed)
    --metrics-token T     its METRICS_TOKEN
    --customer-secret S   its CUSTOMER_TOKEN_SECRET
    --cors-origin URL     one of its CORS_ORIGINS
  --start "COMMAND"     start this program instead, as often as needed, with the settings of the contract's section 2
  --slow                also what has to wait for minutes
  --without PART        leave out a part (${PARTS.join(', ')}); may be repeated
  --display             hold a display against the contract instead; --start is then its command, and the suite adds
                        --server, --data and --port, and the token in TICKETRAIL_TOKEN
  --only TEXT           only checks with this in their group or name, such as [C2]`;

/** Prints the usage and ends the process when asked to, or when the arguments are wrong. */
export function readOptions(args: string[]): Options {
  try {
    const options = parsed(args);
    if (options) return options;
    console.log(USAGE);
    process.exit(0);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
}

/** Null when only the usage is wanted. */
function parsed(args: string[]): Options | null {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args,
    options: {
      help: flag,
      slow: flag,
      display: flag,
      server: text,
      start: text,
      only: text,
      'admin-token': text,
      'metrics-token': text,
      'customer-secret': text,
      'cors-origin': text,
      without: { type: 'string', multiple: true },
    },
  });
  if (values.help) return null;
  const foreign = values.server !== undefined || values.start !== undefined;
  const {
    server: url,
    start,
    slow,
    display,
    only = '',
    'admin-token': adminToken,
    without = foreign ? [] : undefined,
  } = values;
  if (url !== undefined && start !== undefined) throw new Error('Give --server or --start, not both.');
  if (url !== undefined && display) throw new Error('A display is started by the suite: give --start, not --server.');
  if (url !== undefined && !adminToken) throw new Error('A running server needs --admin-token.');
  return {
    slow,
    display,
    only,
    ...(start === undefined ? {} : { start: start.split(' ').filter((word) => word !== '') }),
    ...(without === undefined ? {} : { without: without.map(partOf) }),
    ...(url === undefined
      ? {}
      : {
          server: {
            url: url.replace(/\/+$/, ''),
            adminToken: adminToken ?? '',
            metricsToken: values['metrics-token'],
            customerSecret: values['customer-secret'],
            corsOrigin: values['cors-origin'],
          },
        }),
  };
}

function partOf(word: string): Part {
  const part = PARTS.find((one) => one === word);
  if (!part) throw new Error(`There is no part "${word}"; there are ${PARTS.join(', ')}.`);
  return part;
}
