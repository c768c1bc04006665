import { describe, expect, it } from 'vitest';
import type { Layout } from '#contract/caught-job.ts';
import { codePageNamed } from './code-pages.ts';
import { createEscposReader } from './create-escpos-reader.ts';
import { rulesOf } from './layouts.ts';
import { readTicket } from './read-ticket.ts';
import { escpos } from './testing/escpos.ts';
import { columnsTicket, cyrillicTicket, germanTicket, receiptTicket, reprintTicket } from './testing/tickets.ts';

function ticketOf(till: ReturnType<typeof escpos>, layout: Layout = 'generic') {
  const { codePage } = rulesOf(layout);
  const reader = createEscposReader((codePage !== null && codePageNamed(codePage)) || null);
  const [event] = reader.push(till.end());
  if (event?.kind !== 'job') throw new Error('no job');
  return readTicket(event.printed.lines, layout);
}
const itemsOf = (ticket: ReturnType<typeof readTicket>) =>
  ticket.items.map(({ name, quantity, modifiers, isVoid }) => [
    `${isVoid ? 'VOID ' : ''}${quantity} ${name}`,
    ...modifiers.map((modifier) => `${modifier.quantity} ${modifier.name}`),
  ]);
const print = (...lines: string[]) => {
  const till = escpos('utf8');
  for (const line of lines) till.line(line);
  return till.cut();
};

describe('a ticket of a till', () => {
  it.each(['columns', 'generic'] as const)('with its quantities in a column is read by %s', (layout) => {
    const ticket = ticketOf(columnsTicket(), layout);
    expect(ticket).toMatchObject({ number: '117', table: '7', covers: 4, isReprint: false, isVoid: false });
    expect(itemsOf(ticket)).toEqual([
      ['2 KHACHAPURI ADJARULI', '1 NO EGG', '1 EXTRA CHEESE'],
      ['1 CRÈME BRÛLÉE'],
      ['VOID 1 LAGIDZE PEAR'],
    ]);
    expect(ticket.notes).toEqual(['KITCHEN', 'SRV ANNA          21-NOV-26 12:31', 'COURSE 1: FIRE NOW']);
  });

  it('in Cyrillic with its quantities at the end', () => {
    const ticket = ticketOf(cyrillicTicket(), 'cyrillic');
    expect(ticket).toMatchObject({ number: '42', table: '12', covers: 3 });
    expect(itemsOf(ticket)).toEqual([['2 Хачапури по-аджарски', '1 без яйца'], ['1 Харчо'], ['1 Чай чёрный']]);
    expect(ticket.notes).toEqual(['Официант: Нино']);
  });

  it.each(['receipt', 'generic'] as const)('of a web shop, with prices, by %s', (layout) => {
    const ticket = ticketOf(receiptTicket(), layout);
    expect(ticket).toMatchObject({
      number: 'A-118',
      customer: 'Zoë Müller',
      phone: '+49 170 1234567',
      isDelivery: true,
    });
    expect(itemsOf(ticket)).toEqual([['2 Margherita', '1 olives'], ['1 Cola 0,33 l']]);
    expect(ticket.items.map(({ price }) => price)).toEqual(['19.00', '2.50']);
    expect(ticket.total).toBe('22.50');
  });

  it('in German, with a cancelled line', () => {
    const ticket = ticketOf(germanTicket(), 'german');
    expect(ticket).toMatchObject({ number: '305', table: '3' });
    expect(itemsOf(ticket)).toEqual([['2 Käsespätzle', '1 ohne Zwiebeln'], ['1 Radler groß'], ['VOID 1 Schnitzel']]);
  });

  it('that is a reprint says so, and has the same items', () => {
    const ticket = ticketOf(reprintTicket(), 'columns');
    expect(ticket).toMatchObject({ number: '117', isReprint: true });
    expect(itemsOf(ticket)).toEqual(itemsOf(ticketOf(columnsTicket(), 'columns')));
  });

  it('whose rules are the owner’s, with named groups or none', () => {
    const lines = ['Slip <77>', 'Seat 3', 'Tea/4', ' .lemon', 'GONE Cake/1'];
    const named = {
      number: 'slip <(?<number>\\d+)>',
      table: '^seat (\\d+)',
      item: '^(?<name>[^/]+)/(?<quantity>\\d+)$',
      modifier: '^ \\.(.+)$',
      void: '^gone ',
    };
    const ticket = ticketOf(print(...lines), named);
    expect(ticket).toMatchObject({ number: '77', table: '3', notes: [] });
    expect(itemsOf(ticket)).toEqual([['4 Tea', '1 lemon'], ['VOID 1 Cake']]);
    const counted = ticketOf(print('5) 2 of Tea'), { item: '^\\d\\) (\\d+) of (.+)$' });
    expect(itemsOf(counted)).toEqual([['2 Tea']]);
  });

  it('that no rule fits is its lines as they are, without ruled lines', () => {
    const ticket = ticketOf(print('soup for the terrace', '----------', 'and bread'));
    expect(ticket.isPlain).toBe(true);
    expect(itemsOf(ticket)).toEqual([['1 soup for the terrace'], ['1 and bread']]);
  });

  it('keeps signs that change the meaning, and what is loud with its item', () => {
    const ticket = ticketOf(
      print('Order 9', '2 x Burger', '- onion', '- no egg', '+ 2x bacon', '!! NUT ALLERGY', '-----', 'Thank you'),
    );
    expect(itemsOf(ticket)).toEqual([['2 Burger', '1 - onion', '1 no egg', '2 bacon']]);
    expect(ticket.items[0]?.notes).toEqual(['!! NUT ALLERGY']);
    expect(ticket.notes).toEqual(['Thank you']);
  });

  it.each([
    [['*** VOID ***', 'Order 5', '1 x Tea'], ['VOID 1 Tea']],
    [['Order 5', '1 x Tea', 'VOID'], ['VOID 1 Tea']],
    [['Order 5', '-1 x Tea'], ['VOID 1 Tea']],
    [
      ['Order 5', '1 x Tea', 'void 1 x Cake'],
      ['1 Tea', 'VOID 1 Cake'],
    ],
  ])('%j is taken back where it says so', (lines, items) => {
    expect(itemsOf(ticketOf(print(...lines))).flat()).toEqual(items);
  });

  it.each(['21 Nov 2026 12:30', '21.11.2026', '12:31', 'Order time 12:30'])('has no item or number from %s', (line) => {
    const ticket = ticketOf(print('Check 8', line, '1 x Tea'));
    expect(ticket.number).toBe('8');
    expect(itemsOf(ticket)).toEqual([['1 Tea']]);
    expect(ticket.notes).toEqual([line]);
  });

  it('is its lines as they are when a rule takes too long', () => {
    const ticket = ticketOf(print(`1 x ${'a'.repeat(60)}!`), { item: '^1 x (a+)+$' });
    expect(ticket.problem).toMatch(/too long/);
    expect(ticket.items).toHaveLength(1);
  });
});
