import { expect, test } from 'vitest';
import { type TokenPlace, tokenPlace } from './token-place.ts';

test.each<[string, string | null, boolean, TokenPlace]>([
  ['Windows, macOS', null, true, 'sealed'],
  ['Windows, macOS, a key chain that is locked', null, false, 'file'],
  ['GNOME', 'gnome_libsecret', true, 'sealed'],
  ['GNOME, a key ring that is locked', 'gnome_libsecret', false, 'file'],
  ['KDE', 'kwallet6', true, 'sealed'],
  ['KDE, a wallet that is closed', 'kwallet6', false, 'file'],
  ['a desktop without a key store', 'basic_text', true, 'file'],
  ['a desktop without a key store, refused', 'basic_text', false, 'file'],
])('%s', (_, backend, available, place) => expect(tokenPlace({ backend, available })).toBe(place));
