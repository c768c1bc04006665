import { parseArgs } from 'node:util';

export interface StartFlags {
  feed: boolean;
  open: boolean;
  window: boolean;
  fresh: boolean;
}

export const START_USAGE = `npm start -- [--no-feed] [--no-open] [--no-window] [--fresh]

  A companion server with one demo shop, a simulated dinner service, and a display.
  Everything it keeps is in ./data/demo.

  --no-feed     no simulated orders: send your own, the address and the tokens are printed
  --no-open     open no browser
  --no-window   the board in a browser; neither fetch Electron nor use it
  --fresh       forget the demo of last time and start over`;

/** @throws one sentence for an argument that does not exist */
export function readStartFlags(args: string[]): StartFlags | 'help' {
  const flag = { type: 'boolean', default: false } as const;
  try {
    const { values } = parseArgs({
      args,
      options: { 'no-feed': flag, 'no-open': flag, 'no-window': flag, fresh: flag, help: { ...flag, short: 'h' } },
    });
    if (values.help) return 'help';
    return {
      feed: !values['no-feed'],
      open: !values['no-open'],
      window: !values['no-window'],
      fresh: values.fresh,
    };
  } catch (error) {
    throw new Error(`${(error as Error).message.split('. ')[0]}. Try npm start -- --help.`);
  }
}
