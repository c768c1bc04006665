import { parseArgs } from 'node:util';
import { PARTS, type Part } from './support/check.ts';
import type { Subject } from './support/subject.ts';

export interface Options {
  /** A running server; undefined: start one. */
  server: Subject | undefined;
  /** The command that starts one, split into words; undefined: ours. */
  start: string[] | undefined;
  slow: boolean;
  /** Checks a display, which `start` starts, instead of a server. */
  display: boolean;
  /** Parts that the server lacks; undefined: those that ours lacks. */
  without: Part[] | undefined;
  /** Runs only checks with this text in their group or name. */
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

/** Prints the usage and ends the process for `--help` or wrong arguments. */
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

const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean', default: false } as const;
const ARGUMENTS = {
  ...{ help: FLAG, slow: FLAG, display: FLAG, server: TEXT, start: TEXT, only: TEXT },
  ...{ 'admin-token': TEXT, 'metrics-token': TEXT, 'customer-secret': TEXT, 'cors-origin': TEXT },
  without: { type: 'string', multiple: true },
} as const;

/** Null for `--help`. */
function parsed(args: string[]): Options | null {
  const { values } = parseArgs({ args, options: ARGUMENTS });
  const { server: url, start, slow, display, only = '', 'admin-token': adminToken = '' } = values;
  if (values.help) return null;
  if (url !== undefined && start !== undefined) throw new Error('Give --server or --start, not both.');
  if (url !== undefined && display) throw new Error('A display is started by the suite: give --start, not --server.');
  if (url !== undefined && !adminToken) throw new Error('A running server needs --admin-token.');
  const isOurs = url === undefined && start === undefined;
  return {
    slow,
    display,
    only,
    start: start?.split(' ').filter((word) => word !== ''),
    without: values.without?.map(partOf) ?? (isOurs ? undefined : []),
    server:
      url === undefined
        ? undefined
        : {
            url: url.replace(/\/+$/, ''),
            adminToken,
            metricsToken: values['metrics-token'],
            customerSecret: values['customer-secret'],
            corsOrigin: values['cors-origin'],
          },
  };
}

function partOf(word: string): Part {
  const part = PARTS.find((one) => one === word);
  if (!part) throw new Error(`There is no part "${word}"; there are ${PARTS.join(', ')}.`);
  return part;
}
