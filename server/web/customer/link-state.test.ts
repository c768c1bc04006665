import { expect, it } from 'vitest';
import { type LinkFacts, linkStateOf } from './link-state.ts';

const AT_FIRST: LinkFacts = {
  refused: false,
  connected: false,
  synced: false,
  without: false,
  polled: false,
  failures: 0,
};

it.each<[string, Partial<LinkFacts>, string]>([
  ['before the first answer', {}, 'connecting'],
  ['after one try that failed', { failures: 1 }, 'connecting'],
  ['after two', { failures: 2 }, 'offline'],
  ['with an answer by HTTP, while the socket is on its way', { polled: true }, 'connecting'],
  ['with answers by HTTP only', { polled: true, without: true }, 'polling'],
  ['connected, but not yet read', { connected: true }, 'catching_up'],
  ['connected after a poll, but not yet read since', { connected: true, polled: true }, 'catching_up'],
  ['connected, and all read since', { connected: true, synced: true }, 'live'],
  ['refused, whatever else it knows', { refused: true, connected: true, synced: true }, 'stopped'],
])('[L1] a customer’s page %s says what it is', (_, facts, state) => {
  expect(linkStateOf({ ...AT_FIRST, ...facts })).toBe(state);
});
