import { describe, expect, it } from 'vitest';
import { assertNever } from './assert-never.ts';
import { TryLayout } from './caught-job.ts';
import { detailsOf, ERROR_STATUS, ErrorBody } from './errors.ts';
import { StoreDraft } from './store.ts';

it('[section 5] each code has its status', () => {
  expect(ERROR_STATUS).toEqual({
    invalid_request: 400,
    unauthorized: 401,
    forbidden: 403,
    not_found: 404,
    invalid_transition: 409,
    conflict: 409,
    too_large: 413,
    rate_limited: 429,
    internal: 500,
    unavailable: 503,
  });
});

it('[section 5] an answer names the invalid field by its path', () => {
  const { error } = StoreDraft.safeParse({ name: '', currency: 'GEL', timeZone: 'Mars/Olympus', settings: { x: 1 } });
  const details = error ? detailsOf(error) : [];
  expect(details).toEqual([
    { path: 'name', message: 'must not be empty' },
    { path: 'timeZone', message: 'must be an IANA time zone, such as Asia/Tbilisi' },
    { path: 'settings.x', message: 'is not a field of this' },
  ]);
  const body = { error: { code: 'invalid_request', message: 'no', details, requestId: 'r1' } };
  expect(ErrorBody.parse(body)).toEqual(body);
});

it('[section 5] an answer names the field also where a name could stand in place of the fields', () => {
  const pathsOf = (layout: unknown) => {
    const { error } = TryLayout.safeParse({ layout });
    return error ? detailsOf(error).map(({ path }) => path) : [];
  };
  expect(pathsOf({ base: 'nobody’s', codePage: '' })).toEqual(['layout.base', 'layout.codePage']);
  expect(pathsOf({ item: ['a', '('] })).toEqual(['layout.item.1']);
  expect(pathsOf({ itme: 'a' })).toEqual(['layout.itme']);
  expect(pathsOf('nobody’s')).toEqual(['layout']);
});

describe('assertNever', () => {
  it('names the unhandled case', () => {
    expect(() => assertNever('surprise' as never)).toThrow('unhandled case: "surprise"');
  });
});
