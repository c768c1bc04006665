import { expect, test } from 'vitest';
import { LINK_CAUSES, LINK_STATES } from '#contract/link.ts';
import { en } from '../i18n/en.ts';
import { linkWords } from './link-words.ts';

const cells = LINK_STATES.flatMap((state) => [null, ...LINK_CAUSES].map((cause) => ({ state, cause })));
const QUIET = ['live', 'catching_up', 'connecting', 'unknown'];

test.each(cells)('[L1] $state for $cause has words for a cook, or rightly none', ({ state, cause }) => {
  const words = linkWords({ state, cause });
  expect(words === null).toBe(QUIET.includes(state));
  if (!words) return;
  expect(en).toHaveProperty([words.title]);
  expect(en).toHaveProperty([words.advice]);
});

test('asking again is offered only where it may help', () => {
  expect(linkWords({ state: 'offline', cause: 'no_network' })?.retry).toBe(true);
  expect(linkWords({ state: 'polling', cause: null })?.retry).toBe(true);
  expect(linkWords({ state: 'offline', cause: 'host' })?.retry).toBe(false);
  expect(linkWords({ state: 'stopped', cause: 'revoked' })?.retry).toBe(false);
});
