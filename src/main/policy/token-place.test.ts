import { expect, test } from 'vitest';
import { type TokenPlace, tokenPlace } from './token-place.ts';

const probe = (tag: string) => Buffer.from(`${tag}\x9c\xf3`, 'latin1');

test.each<[string, NodeJS.Platform, Buffer | null, TokenPlace]>([
  ['Windows', 'win32', probe('v10'), 'sealed'],
  ['macOS', 'darwin', probe('v10'), 'sealed'],
  ['macOS, a key chain that refuses', 'darwin', null, 'file'],
  ['Linux with a key store', 'linux', probe('v11'), 'sealed'],
  ['Linux with the key of a desktop portal', 'linux', probe('v12'), 'sealed'],
  ['Linux without a key store', 'linux', probe('v10'), 'file'],
  ['Linux, refused', 'linux', null, 'file'],
])('%s', (_, platform, encrypted, place) => expect(tokenPlace(platform, encrypted)).toBe(place));
