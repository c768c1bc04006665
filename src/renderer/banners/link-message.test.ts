import { expect, test } from 'vitest';
import { LINK_CAUSES, LINK_STATES } from '#contract/link.ts';
import { textIn } from '../testing/texts.ts';
import { linkMessage } from './link-message.ts';

const { t } = textIn('en');
const cells = LINK_STATES.flatMap((state) => [null, ...LINK_CAUSES].map((cause) => ({ state, cause })));
const QUIET = ['live', 'catching_up', 'connecting', 'unknown'];

test.each(cells)(
  '[L1] a link that is $state because of $cause has a message unless it needs none',
  ({ state, cause }) => {
    const message = linkMessage({ state, cause });
    expect(message === null).toBe(QUIET.includes(state));
    if (!message) return;
    expect(t(message.title)).not.toBe(message.title);
    expect(t(message.advice)).not.toBe(message.advice);
  },
);

test('offers a retry only where it may help, and a signed-out screen the form for a new code', () => {
  expect(linkMessage({ state: 'offline', cause: 'no_network' })?.help).toBe('retry');
  expect(linkMessage({ state: 'polling', cause: null })?.help).toBe('retry');
  expect(linkMessage({ state: 'offline', cause: 'host' })?.help).toBe(null);
  expect(linkMessage({ state: 'stopped', cause: 'revoked' })?.help).toBe('pair');
  expect(linkMessage({ state: 'stopped', cause: 'protocol' })?.help).toBe(null);
});
