import { describe, expect, test } from 'vitest';
import { deepLink, linkIn } from './deep-link.ts';

const order = (orderId: string) => ({ to: 'order', orderId });
const pair = (serverUrl: string, code: string) => ({ to: 'pair', serverUrl, code });

describe('a link', () => {
  test.each([
    ['ticketrail://order/0199-a', order('0199-a')],
    ['TICKETRAIL://ORDER/0199-a', order('0199-a')],
    ['ticketrail://pair?server=https://orders.example&code=AB12CD', pair('https://orders.example', 'AB12CD')],
    ['ticketrail://pair/?server=http%3A%2F%2F10.0.0.5%3A4310%2F&code=ab1-2cd', pair('http://10.0.0.5:4310', 'ab1-2cd')],
    ['ticketrail://pair?server=https://orders.example/some/page&code=', pair('https://orders.example', '')],
    ['ticketrail://pair?server=https://orders.example', pair('https://orders.example', '')],
  ])('%s', (text, goTo) => {
    expect(deepLink(text)).toEqual(goTo);
  });

  test.each([
    '',
    'x',
    'https://orders.example/order/7',
    'app://bundle/order/7',
    'ticketrail:',
    'ticketrail:order/7',
    'ticketrail://',
    'ticketrail://order',
    'ticketrail://order/',
    `ticketrail://order/${'a'.repeat(3_000)}`,
    'ticketrail://order/%E0%A4%A',
    'ticketrail://settings',
    'ticketrail://user:word@order/7',
    'ticketrail://order:80/7',
    'ticketrail://pair',
    'ticketrail://pair?code=AB12CD',
    'ticketrail://pair?server=orders.example&code=AB12CD',
    'ticketrail://pair?server=javascript:alert(1)&code=AB12CD',
    'ticketrail://pair?server=file:///etc/passwd&code=AB12CD',
    'ticketrail://pair?server=https://user:word@orders.example&code=AB12CD',
    'ticketrail://pair?server=https://orders.example&code=<script>',
    `ticketrail://pair?server=https://orders.example&code=${'A'.repeat(33)}`,
    'ticketrail://pair/now?server=https://orders.example&code=AB12CD',
  ])('%s is invalid', (text) => {
    expect(deepLink(text)).toBeNull();
  });
});

test('is found among the arguments that Chromium adds to a second start', () => {
  const argv = ['ticketrail.exe', '--allow-file-access-from-files', '--original-process-start-time=1', 'C:\\x'];
  expect(linkIn([...argv, 'ticketrail://order/7'])).toEqual(order('7'));
  expect(linkIn(argv)).toBeNull();
  expect(linkIn([])).toBeNull();
});
