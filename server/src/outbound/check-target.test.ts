import { expect, it } from 'vitest';
import { checkTarget } from './check-target.ts';

const PRIVATE = [
  'http://127.0.0.1/',
  'http://127.1/',
  'http://0x7f.0.0.1/',
  'http://0177.0.0.1/',
  'http://2130706433/',
  'http://0x7f000001:8080/hook',
  'http://127.0.0.1./',
  'http://１２７.0.0.1/',
  'http://0/',
  'http://10.1.2.3/',
  'http://192.168.1.50:9000/',
  'http://169.254.169.254/latest/meta-data/',
  'http://[::1]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[fe80::1]/',
  'http://[fd00::1]/',
  'http://[64:ff9b::a00:1]/',
  'http://localhost/',
  'http://LOCALHOST:3000/',
  'http://localhost./',
  'http://api.localhost/',
];

it.each(PRIVATE)('%s is private, and allowed only by PRIVATE_TARGETS', (url) => {
  expect(checkTarget(url, false)).toMatch(/private network/);
  expect(checkTarget(url, true)).toBeNull();
});

it.each([
  'ftp://shop.example/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'gopher://shop.example/',
  'https://me@shop.example/',
  'https://me:secret@shop.example/',
  'https://:secret@shop.example/',
  'shop.example',
  'https://',
  'http://[::1/',
  '',
])('%s is refused whatever PRIVATE_TARGETS says', (url) => {
  for (const privateTargets of [false, true]) expect(checkTarget(url, privateTargets)).toMatch(/^must /);
});

it.each([
  'https://shop.example/orders?x=1',
  'http://8.8.8.8:8080/',
  'https://[2606:4700:4700::1111]/hook',
  'https://localhost.example/',
  'https://xn--e1afmkfd.example/',
])('%s is accepted', (url) => {
  expect(checkTarget(url, false)).toBeNull();
});
