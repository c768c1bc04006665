import { describe, expect, it, vi } from 'vitest';
import { BRIDGE_CALLS } from '#contract/bridge.ts';
import { sha256 } from '#test/support/sha256.ts';
import { createTestHarness } from '../testing/test-harness.ts';

const TOKEN = 'the chef’s own word';

type Harness = ReturnType<typeof createTestHarness>;
type Opened = ReturnType<Harness['openDisplay']>;

async function diagnose(prepare: (harness: Harness, one: Opened) => void | Promise<void> = () => {}) {
  const harness = createTestHarness({ sha256 });
  const one = harness.openDisplay(TOKEN);
  await one.start();
  await harness.pass(1_000);
  await prepare(harness, one);
  await harness.pass(1_000);
  const asked = one.display.call('exportDiagnosis', null);
  // The archive code is loaded on demand, which takes real time.
  await vi.waitFor(async () => {
    await harness.pass(1);
    expect(one.archives).toHaveLength(1);
  });
  const answer = await asked;
  if (!answer.ok) throw new Error(answer.error.message);
  const { name } = BRIDGE_CALLS.exportDiagnosis.output.parse(answer.value);
  return { name, files: one.archives[0] ?? {} };
}

describe('a diagnosis', () => {
  it('is one archive with everything needed to find a fault', async () => {
    const { name, files } = await diagnose((harness) => void harness.server.place());
    expect(name).toBe('ticketrail-diagnosis-2026-11-21T10-00.zip');
    expect(Object.keys(files).sort()).toEqual([
      'about.json',
      'failedCommand.json',
      'history.jsonl',
      'log.txt',
      'path-figures.json',
      'queue.json',
      'settings.json',
      'status.json',
    ]);
    expect(JSON.parse(files['about.json'] ?? '')).toEqual({
      appVersion: '0.0.0',
      madeAt: expect.stringMatching(/^2026-11-21T10:00:02/),
      history: { complete: true },
      machine: { platform: 'paper' },
    });
    expect(JSON.parse(files['status.json'] ?? '')).toMatchObject({
      setup: 'done',
      link: { state: 'live' },
      clockAheadMs: 0,
    });
    expect(files['history.jsonl']).toContain('order_created');
  });

  it('contains neither the token, wherever it was written, nor customer data', async () => {
    const { files } = await diagnose((harness) => {
      harness.server.place({ customer: { ref: null, name: 'Nino Example', phone: '+995 555 010203' } });
      harness.logged.push(`a bad library said ${TOKEN}, and tr_d_0123456789abcdefghij`);
    });
    const whole = JSON.stringify(files);
    expect(files['log.txt']).toContain('a bad library said');
    for (const secret of [TOKEN, 'tr_d_0123456789', 'Nino', '010203']) expect(whole).not.toContain(secret);
  });

  it('says that a reason was given, but not which: people write names and numbers there', async () => {
    const reason = 'Nino from 010203 said "no"';
    const { files } = await diagnose(async (harness, { display }) => {
      const orderId = harness.server.place();
      await harness.pass(100);
      const payload = { from: 'pending', to: 'rejected', reason };
      await display.call('command', { orderId, intent: { type: 'set_status', payload } });
    });
    for (const name of ['history.jsonl', 'queue.json']) expect(files[name]).toMatch(/"reason": ?"\[hidden\]"/);
    expect(files['history.jsonl']).toContain('"reason":"first"');
    expect(JSON.stringify(files)).not.toMatch(/Nino|010203/);
  });
});
