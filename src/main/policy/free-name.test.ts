import { expect, test } from 'vitest';
import { freeName } from './free-name.ts';

test.each([
  ['history.json', [], 'history.json'],
  ['history.json', ['history.json'], 'history (2).json'],
  ['history.json', ['history.json', 'history (2).json'], 'history (3).json'],
  ['a.tar.gz', ['a.tar.gz'], 'a.tar (2).gz'],
  ['none', ['none'], 'none (2)'],
  ['../../etc/passwd', [], 'passwd'],
])('%s, with %j taken, is %s', (name, taken, free) => {
  expect(freeName(name, (one) => taken.includes(one))).toBe(free);
});
