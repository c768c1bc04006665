import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { endWithStarter } from '#test/support/end-with-starter.ts';
import { until } from '#test/support/until.ts';
import { sqliteService } from '../testing/temp-service.ts';
import { aReceiver, range, seqs } from '../testing/webhook-shop.ts';

const LOAD = fileURLToPath(new URL('../testing/deliver-until-killed.ts', import.meta.url));
const KILLS = 3;
/** More than are stored together, so that some kills come before and some after that. */
const CALLS = 60;

it('[section 11] kill -9 between sending and storing loses no change, and repeats have the same id', async () => {
  const temp = await sqliteService();
  onTestFinished(() => temp.dispose());
  await temp.service.close();
  const receiver = await aReceiver();
  // Answers after a while, so that kills fall between sending and storing.
  receiver.answer = () => (response) => void setTimeout(() => response.writeHead(200).end(), 3);
  let acknowledged = 0;
  for (let kill = 1; kill <= KILLS; kill++) {
    const child = spawn(process.execPath, [LOAD, temp.file, 'main', receiver.url], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    endWithStarter(child);
    let out = '';
    let trouble = '';
    child.stdout.on('data', (text) => (out += text));
    child.stderr.on('data', (text) => (trouble += text));
    const closed = new Promise((resolve) => child.on('close', resolve));
    const before = receiver.calls.length;
    await until('calls', () => receiver.calls.length > before + CALLS * kill || trouble !== '', 40_000, 2);
    child.kill('SIGKILL');
    await closed;
    expect(trouble).toBe('');
    acknowledged = Math.max(acknowledged, ...out.split('\n').slice(0, -1).map(Number));
  }

  const service = await temp.restart();
  service.deliverWebhooks();
  const { head } = await service.log.head('main');
  expect(head).toBeGreaterThanOrEqual(acknowledged);
  await until(
    'all changes',
    async () => {
      await service.lookAtWebhooks();
      return seqs(receiver.calls).includes(head);
    },
    60_000,
  );
  await sleep(20);
  const seqOf = new Map<string, number>();
  for (const { id, message } of receiver.calls) {
    if (seqOf.has(id)) expect(message.seq).toBe(seqOf.get(id));
    else seqOf.set(id, message.seq ?? 0);
  }
  expect([...seqOf.values()]).toEqual(range(1, head));
}, 120_000);
