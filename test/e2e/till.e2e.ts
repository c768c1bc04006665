import { expect } from '@playwright/test';
import { escpos } from '#capture/testing/escpos.ts';
import { printTo } from '#capture/testing/print-to.ts';
import { freePort } from '#test/support/free-port.ts';
import { test } from './support/fixtures.ts';

const ticket = (number: number) => escpos().line(`Order ${number}`).line('2 x Khinkali').line('  + pepper').cut().end();

test('[ADR 56] what a till prints to the screen’s computer is on the board; without a network it waits, and can be read', async ({
  openDisplay,
  shop,
  link,
}) => {
  const screen = await openDisplay({ serverUrl: link.url });
  const { page } = screen;
  const port = await freePort();
  await page.getByTestId('settings').click();
  await page.locator('[data-section=till]').click();
  const till = screen.mark('till');
  await till.getByLabel('Port').fill(String(port));
  await till.getByLabel('Port').press('Enter');
  const token = till.getByLabel('Token');
  await token.fill(await shop.displayToken('thief'));
  await token.press('Enter');
  await expect(till).toContainText('This is not the token of a “Shop system”');
  await token.fill(shop.token);
  await token.press('Enter');
  await expect(till).toContainText('A token is stored.');
  await till.getByRole('switch').click();
  await expect(till).toContainText(`port ${port}`);
  await page.keyboard.press('Escape');

  await expect.poll(() => printed(port, 71)).toBe(true);
  await expect(page.locator('[data-testid=ticket]', { hasText: 'Khinkali' })).toHaveCount(1);
  await expect(screen.mark('strip-till')).toHaveCount(0);

  await link.cut();
  await printTo(port, ticket(72));
  const strip = screen.mark('strip-till');
  await expect(strip).toContainText('Tickets of the till are not on the board yet');
  await expect(strip).toContainText('Waiting here: 1.');
  await strip.getByRole('button', { name: 'Read them' }).click();
  await expect(screen.mark('till-ticket')).toContainText('Order 72');
  await expect(screen.mark('till-ticket')).toContainText('2 x Khinkali');
  await page.keyboard.press('Escape');

  await link.repair();
  await expect(page.locator('[data-testid=ticket]', { hasText: 'Khinkali' })).toHaveCount(2);
  await expect(screen.mark('strip-till')).toHaveCount(0);
});

const printed = (port: number, number: number) =>
  printTo(port, ticket(number)).then(
    () => true,
    () => false,
  );
