import assert from 'node:assert/strict';
import { type Check, group, launcherOf } from '../support/check.ts';

const WRONG: [name: string, value: string | undefined, says: string][] = [
  ['ADMIN_TOKEN', undefined, 'is missing'],
  ['ADMIN_TOKEN', 'x'.repeat(23), 'has 23 characters'],
  ['PORT', 'http', 'is no number'],
  ['PORT', '70000', 'is no port'],
  ['DATABASE_URL', 'mysql://localhost/orders', 'is of another kind'],
  ['RATE_LIMIT', '-1', 'is negative'],
];

/** "A wrong or missing setting stops the start with one sentence that names it" (contract, section 2). */
export const settings = group(
  'settings',
  Object.fromEntries(
    WRONG.map(([name, value, says]): [string, Check] => [
      `[2] when ${name} ${says}, the server does not start, and says so in one sentence`,
      async (trial) => {
        const { code, output } = await launcherOf(trial).refuse({ [name]: value });
        assert.ok(code !== null && code !== 0, `it ended with ${code}: ${output}`);
        const lines = output.trim().split('\n');
        assert.deepEqual([lines.length, output.includes(name)], [1, true], output);
      },
    ]),
  ),
);
