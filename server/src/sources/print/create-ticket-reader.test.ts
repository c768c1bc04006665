import { expect, it, onTestFinished } from 'vitest';
import { createTicketReader } from './create-ticket-reader.ts';

const lines = (...texts: string[]) => texts.map((text) => ({ text, width: 1, height: 1, bold: false, marked: false }));

it('[R1] goes on while an owner’s rules take long, and reads the ticket as it was printed', async () => {
  const reader = createTicketReader();
  onTestFinished(reader.close);
  let turns = 0;
  const turning = setInterval(() => turns++, 5);
  onTestFinished(() => clearInterval(turning));
  const slow = { base: 'generic' as const, number: ['(a+)+$'] };
  const [ticket] = await reader.read([lines(`${'a'.repeat(60)}!`)], slow);
  expect(ticket?.problem).toContain('too long');
  expect(ticket?.isPlain).toBe(true);
  // The rules were tried for a second.
  expect(turns).toBeGreaterThan(10);
});

it('reads many by an owner’s rules, in their order, and again after it was closed', async () => {
  const reader = createTicketReader();
  onTestFinished(reader.close);
  const layout = { base: 'generic' as const, number: ['^Bon (\\d+)$'] };
  for (const from of [1, 3]) {
    const tickets = await Promise.all(
      [from, from + 1].map((n) => reader.read([lines(`Bon ${n}`, '2 x Soup')], layout)),
    );
    expect(tickets.flat().map(({ number }) => number)).toEqual([String(from), String(from + 1)]);
    await reader.close();
  }
});
