import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { measureStart, type Start } from './support/measure-start.ts';

test('a start shows its first ticket: the program runs, its page begins, the board is there', async ({
  shop,
  openDisplay,
}, info) => {
  await shop.order();
  const starts: Record<string, Start> = {};
  let display: Awaited<ReturnType<typeof openDisplay>> | undefined;
  starts.first = await measureStart(async () => {
    display = await openDisplay({ ownProcess: true });
    return display;
  });
  starts.again = await measureStart(async () => {
    await display?.powerCut();
    return display as NonNullable<typeof display>;
  });
  await info.attach('start.json', { body: JSON.stringify(starts), contentType: 'application/json' });
  for (const { program, page, ticket } of Object.values(starts)) {
    expect(program).toBeGreaterThan(0);
    expect(page).toBeGreaterThan(program);
    expect(ticket).toBeGreaterThan(page);
  }
});
