import { workBeside } from './work-beside.ts';

/**
 * A server of several, in a separate process, to be killed or paused at any moment: `node work-until-killed.ts DATABASE_URL
 * LEASE_MS API_ROOT`. Prints a line when it has started.
 */
const [, , databaseUrl = '', leaseMs = '', apiRoot = ''] = process.argv;
await workBeside(databaseUrl, Number(leaseMs), apiRoot);
process.stdout.write('started\n');
