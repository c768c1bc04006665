import { describe, expect, it } from 'vitest';
import { PAIRING_ALPHABET, Store, StoreDraft, StorePatch } from './store.ts';

const draft = (change: Record<string, unknown> = {}) => ({
  name: 'Main kitchen',
  currency: 'GEL',
  timeZone: 'Asia/Tbilisi',
  ...change,
});

describe('[section 5] a store', () => {
  it.each(['main', 'a', '0-9_Z', 'x'.repeat(64)])('may be called %s', (id) => {
    expect(StoreDraft.safeParse(draft({ id })).success).toBe(true);
  });
  it.each(['', '-a', '../x', 'a b', 'ж', 'x'.repeat(65)])('may not be called "%s"', (id) => {
    expect(StoreDraft.safeParse(draft({ id })).success).toBe(false);
  });
  it.each(['UTC', 'Europe/London', 'Etc/GMT+4', 'Asia/Calcutta'])('may be in %s', (timeZone) => {
    expect(StoreDraft.safeParse(draft({ timeZone })).success).toBe(true);
  });
  it.each(['', 'Mars/Olympus', 'GMT+25', '../../etc/passwd'])('may not be in "%s"', (timeZone) => {
    expect(StoreDraft.safeParse(draft({ timeZone })).success).toBe(false);
  });
  it('may be changed in part, except for its id', () => {
    expect(StorePatch.parse({ name: 'Bar' })).toMatchObject({ name: 'Bar' });
    expect(StorePatch.safeParse({ id: 'bar' }).success).toBe(false);
  });
});

it('[section 13] a store from an older version has default settings', () => {
  const settings = { displayWindowDays: 8, acknowledgeWithinSeconds: 60 };
  const store = Store.parse({ id: 'main', ...draft(), settings, createdAt: '2026-11-21T06:00:00.000Z' });
  expect(store.settings).toEqual({
    ...settings,
    autoAccept: [],
    preparationMinutes: null,
    stations: [],
    language: 'en',
  });
});

it('[section 3] a pairing code uses 32 characters that cannot be confused', () => {
  expect(new Set(PAIRING_ALPHABET).size).toBe(32);
  expect(PAIRING_ALPHABET).not.toMatch(/[ILOUa-z]/);
});
