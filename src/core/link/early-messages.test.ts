import { expect, it } from 'vitest';
import { BEAT_MS } from '#contract/sync.ts';
import { sha256 } from '#test/support/sha256.ts';
import { createTestHarness } from '../testing/test-harness.ts';

it('[S3] applies changes that arrive in one packet with the answer to hello', async () => {
  const harness = createTestHarness({ sha256 });
  const it = harness.openDisplay('pass');
  await it.start();
  await harness.pass(1_000);
  await it.display.close();
  const id = harness.server.place();
  await it.restart();
  await harness.pass(BEAT_MS - 1_000);
  expect(it.screen.ticket(id)).toBeDefined();
  expect(it.screen.link()).toBe('live');
});
