import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { asCurl } from './as-curl.ts';

test.skipIf(process.platform === 'win32')('a shell passes on exactly the body, whatever a guest wrote', () => {
  const body = { note: `it's "hot" $(reboot) \`x\` \\ \n!`, name: 'ღვინო' };
  const command = asCurl('http://127.0.0.1:1', 'POST', '/orders', body);
  const out = execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }; TOKEN=secret; ${command}`], {
    encoding: 'utf8',
  });
  const args = out.split('\0').slice(0, -1);
  expect(args.slice(0, 3)).toEqual(['-X', 'POST', 'http://127.0.0.1:1/api/v1/orders']);
  expect(args).toContain('authorization: Bearer secret');
  expect(JSON.parse(args.at(-1) ?? '')).toEqual(body);
});

test('the token itself is in no command', () => {
  expect(asCurl('http://a', 'DELETE', '/orders/1')).toBe(
    `curl -X DELETE 'http://a/api/v1/orders/1' \\\n  -H "authorization: Bearer $TOKEN"`,
  );
});
