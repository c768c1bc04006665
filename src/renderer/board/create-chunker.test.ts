import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Ticket } from '#contract/ticket.ts';
import { aTicket } from '../testing/a-ticket.ts';
import { type Chunk, createChunker } from './create-chunker.ts';

const tickets = (ids: string): Ticket[] => [...ids].map((id) => aTicket({ id }));
const shown = (chunks: readonly Chunk[]): string[] =>
  chunks.map((chunk) => `${chunk.key}:${chunk.tickets.map(({ order }) => order.id).join('')}`);

test('divides a stack into chunks of four', () => {
  expect(shown(createChunker()(tickets('abcdefghij')))).toEqual(['0:abcd', '1:efgh', '2:ij']);
});

test('keeps tickets in their chunks when others come and go', () => {
  const chunk = createChunker();
  chunk(tickets('abcdefghij'));
  expect(shown(chunk(tickets('bcdefghij')))).toEqual(['0:bcd', '1:efgh', '2:ij']);
  expect(shown(chunk(tickets('bcdefhijk')))).toEqual(['0:bcd', '1:efh', '2:ijk']);
  expect(shown(chunk(tickets('xbcdefhijklm')))).toEqual(['3:x', '0:bcd', '1:efh', '2:ijklm']);
});

test('adds a new ticket to the chunk around it and splits a chunk of more than eight', () => {
  const chunk = createChunker();
  chunk(tickets('abcdefgh'));
  expect(shown(chunk(tickets('a1bcdefgh')))).toEqual(['0:a1bcd', '1:efgh']);
  expect(shown(chunk(tickets('a321bcdefgh')))).toEqual(['0:a321bcd', '1:efgh']);
  expect(shown(chunk(tickets('a54321bcdefgh')))).toEqual(['0:a54321bc', '2:d', '1:efgh']);
});

test('a ticket that moves to the front leaves its chunk; the others stay', () => {
  const chunk = createChunker();
  chunk(tickets('abcdefgh'));
  expect(shown(chunk(tickets('gabcdefh')))).toEqual(['2:g', '0:abcd', '1:efh']);
});

test('keeps every ticket once and in order, at most eight per chunk, and the identity of an unchanged chunk', () => {
  const all = tickets('abcdefghijklmnopqrstuvwxyz');
  const lists = fc.array(fc.shuffledSubarray(all), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(lists, (each) => {
      const chunk = createChunker();
      let before: readonly Chunk[] = [];
      for (const list of each) {
        const now = chunk(list);
        expect(now.flatMap((one) => one.tickets)).toEqual(list);
        expect(new Set(now.map(({ key }) => key)).size).toBe(now.length);
        for (const one of now) {
          expect(one.tickets.length).toBeLessThanOrEqual(8);
          const was = before.find(({ key }) => key === one.key);
          if (was && was.tickets.length === one.tickets.length && one.tickets.every((t, i) => t === was.tickets[i]))
            expect(one).toBe(was);
        }
        before = now;
      }
    }),
  );
});
