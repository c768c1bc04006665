import { describe, expect, it, test } from 'vitest';
import { hideSecrets, withoutSecrets } from './secrets.ts';

const random = 'q3Zr-8_vB1xkT0mYw2LdNf6HsJ4uEaPc9oGiRe5KjQz';

describe('text made safe to share', () => {
  test.each([
    [`tr_m_${random}`, 'tr_m_[hidden]'],
    [`refused tr_d_${random} at once`, 'refused tr_d_[hidden] at once'],
    [`{"authorization":"Bearer ${random}"}`, '{"authorization":"Bearer [hidden]"}'],
    [`display ready http://127.0.0.1:4320/?key=${random}`, 'display ready http://127.0.0.1:4320/?key=[hidden]'],
    ['opened ticketrail://pair?server=a&code=AB12CD now', 'opened ticketrail://pair?server=a&code=[hidden] now'],
    ['http://cook:salt@shop.example/x', 'http://[hidden]@shop.example/x'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1In0.abc_d-e', '[hidden]'],
  ])('%s', (said, shown) => expect(hideSecrets(said)).toBe(shown));

  it('leaves other text alone', () => {
    const said = 'order 117 was keyed in, code too_late; http://shop.example:4310/api/v1/sync?cursor=7 took 20 ms';
    expect(hideSecrets(said)).toBe(said);
  });

  it('hides a known secret, whatever its form', () =>
    expect(hideSecrets('the word is salt & pepper', ['salt & pepper', ''])).toBe('the word is [hidden]'));
});

test('data keeps its shape; a secret field shows only that it is set', () => {
  const plain = { language: 'en', spinning: 1, desktop: { kiosk: true, pinHash: 'x' }, list: [{ token: 't' }, null] };
  expect(withoutSecrets(plain)).toEqual({
    language: 'en',
    spinning: 1,
    desktop: { kiosk: true, pinHash: '[hidden]' },
    list: [{ token: '[hidden]' }, null],
  });
  expect(withoutSecrets({ pinHash: null, pin: { set: true }, kioskPin: 'x' })).toEqual({
    pinHash: null,
    pin: { set: true },
    kioskPin: '[hidden]',
  });
});
