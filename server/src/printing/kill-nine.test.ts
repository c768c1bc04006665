import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { startFakePrinter } from '#paper/testing/fake-printer.ts';
import { endWithStarter } from '#test/support/end-with-starter.ts';
import { until } from '#test/support/until.ts';
import { sqliteService } from '../testing/temp-service.ts';

const LOAD = fileURLToPath(new URL('../testing/print-until-killed.ts', import.meta.url));
const KILLS = Number(process.env.PRINT_KILLS ?? 2);

it('[section 16] kill -9 while it prints loses no paper, and repeats only the one under way, marked REPRINT', async () => {
  const printer = await startFakePrinter({ slowMs: 5 });
  onTestFinished(() => printer.stop());
  const temp = await sqliteService({ now: Date.now() });
  onTestFinished(() => temp.dispose());
  await temp.service.close();
  for (let kill = 1; kill <= KILLS; kill++) {
    const wanted = printer.jobs.length + 2 + (kill % 3);
    const child = spawn(process.execPath, [LOAD, temp.file, printer.address]);
    endWithStarter(child);
    let trouble = '';
    child.stderr.on('data', (text) => (trouble += text));
    const closed = new Promise((resolve) => child.on('close', resolve));
    // A job counts from its first byte: the kill falls before its end is confirmed.
    await until('papers', () => printer.jobs.length >= wanted || trouble !== '', 20_000, 1);
    child.kill('SIGKILL');
    await closed;
    expect(trouble).toBe('');
  }

  const service = await temp.restart();
  const stop = await service.startPrinters();
  const [{ id } = { id: '' }] = await service.printers.list('main');
  await service.lookAtPrinters();
  await until('the rest', async () => (await service.printers.get(id, null)).waiting === 0, 20_000);
  await stop();
  const { orders } = await service.orders.list({ storeId: 'main', limit: 200 });
  const papers = printer.jobs
    .filter(({ cuts }) => cuts > 0)
    .map(({ text }) => text.split('\n').map((row) => row.trim()));
  const reprints = papers.filter((rows) => rows.includes('REPRINT'));
  const firsts = papers.filter((rows) => !rows.includes('REPRINT'));
  const of = (all: string[][], number: string) => all.filter((rows) => rows.includes(number)).length;
  for (const { number } of orders) {
    expect(of(papers, number), number).toBeGreaterThan(0);
    expect(of(firsts, number), number).toBeLessThan(2);
    expect(of(reprints, number), number).toBeLessThan(2);
  }
  expect(reprints.length).toBeLessThanOrEqual(KILLS);
}, 60_000);
