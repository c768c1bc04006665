import { afterAll, beforeAll, describe, test, vi } from 'vitest';
import { NOT_YET, suite } from './suite.ts';
import { runCheck } from './support/check.ts';
import { launchOurs } from './support/start-server.ts';
import type { Launched } from './support/subject.ts';

// A check has its own time limit; most of the long ones wait for a beat, which costs nothing.
vi.setConfig({ maxConcurrency: 8, testTimeout: 100_000, hookTimeout: 70_000 });

const launcher = launchOurs();
let server: Launched;
beforeAll(async () => {
  server = await launcher.start();
});
afterAll(() => launcher.close());

for (const { title, checks } of suite({ slow: false, without: NOT_YET }))
  describe.concurrent(title, () => {
    for (const [name, check] of Object.entries(checks))
      test(name, async ({ skip }) => {
        const outcome = await runCheck(server, check);
        if (outcome.kind === 'skipped') skip(outcome.why);
        if (outcome.kind === 'failed') throw outcome.error;
      });
  });
