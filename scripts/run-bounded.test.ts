import { expect, it } from 'vitest';
import { runBounded } from './run-bounded.ts';

const run = async (script: string, ms = 10_000) => {
  const said: string[] = [];
  const ok = await runBounded(process.execPath, ['-e', script], ms, (line) => said.push(line));
  return { ok, said: said.join('\n') };
};

it('is quiet about what went well', async () => {
  expect(await run('console.log("done")')).toEqual({ ok: true, said: '' });
});
it('says what was wrong', async () => {
  const { ok, said } = await run('console.error("Error: no route to host\\n    at somewhere"); process.exit(2)');
  expect(ok).toBe(false);
  expect(said).toMatch(/: Error: no route to host$/);
});
it('ends what does not end by itself', async () => {
  const { ok, said } = await run('setInterval(() => {}, 1000)', 300);
  expect(ok).toBe(false);
  expect(said).toMatch(/not done after 0 s$/);
});
it('does not throw for what is not there', async () => {
  expect(await runBounded('no-such-program-here', [], 1_000, () => {})).toBe(false);
});
