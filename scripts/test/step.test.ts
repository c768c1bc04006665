import { describe, expect, it } from 'vitest';
import { runStep } from './step.ts';

const ends = (code: number) => ['-e', `process.exit(${code})`];

describe('a step of npm test', () => {
  it('counts as one check without counts', async () => {
    expect(await runStep({ name: 'good', args: ends(0) })).toMatchObject({ ok: true, passed: 1, failed: 0 });
    expect(await runStep({ name: 'bad', args: ends(3) })).toMatchObject({ ok: false, passed: 0, failed: 1 });
  });
  it('returns its own counts', async () => {
    const counts = () => ({ passed: 7, failed: 2, skipped: 1 });
    expect(await runStep({ name: 'tests', args: ends(1), counts })).toMatchObject({ passed: 7, failed: 2, skipped: 1 });
  });
  it('fails when it fails without leaving counts', async () => {
    const counts = () => {
      throw new Error('no such file');
    };
    expect(await runStep({ name: 'crash', args: ends(1), counts })).toMatchObject({ ok: false, failed: 1 });
  });
});
