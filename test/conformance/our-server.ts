import { join } from 'node:path';
import type { Part } from './support/check.ts';
import { createLauncher } from './support/start-server.ts';

/** Parts of the contract that our server does not have yet; the suite for them waits here. */
export const NOT_YET: readonly Part[] = ['customers'];

export const launchOurs = () =>
  createLauncher([process.execPath, 'server/src/main.ts'], join(import.meta.dirname, '../..'));
