import { expect, test } from 'vitest';
import { adapterOf } from '#server/sources/all-adapters.ts';
import { checkSecret, checkSettings } from '#server/sources/check-source.ts';
import { bodyOf } from './source-body.ts';
import { KIND_NAMES, KINDS } from './source-kinds.ts';

const known = KIND_NAMES.flatMap((kind) => {
  const adapter = adapterOf(kind);
  return adapter ? [{ kind, adapter }] : [];
});

test.each(known)(
  'the server takes what the form of $kind asks for, with or without what may be empty',
  ({ kind, adapter }) => {
    const { fields, more } = KINDS[kind];
    for (const asked of [[...fields, ...more], fields.filter(({ optional }) => !optional)]) {
      const draft = asked.map(({ path, options, example = 'x1' }) => [path, options?.at(-1) ?? example]);
      const { settings, secret } = bodyOf(kind, Object.fromEntries(draft));
      expect(Object.keys(checkSettings(adapter, settings, false))).toEqual(
        expect.arrayContaining(Object.keys(settings)),
      );
      const made = adapter.makeSecret?.() ?? {};
      expect(checkSecret(adapter, secret, made)).toEqual({ ...made, ...secret });
    }
    expect(KINDS[kind].isPulled).toBe(adapter.pollSeconds !== null);
  },
);
