import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { it, onTestFinished } from 'vitest';
import { hasRedis } from '#server/testing/start-redis.ts';
import { until } from './until.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Runs until its connection ends. */
const RUN = 'require("node:net").connect(Number(process.argv[1]), "127.0.0.1")';
/** Starts a program that does not end by itself. */
const STARTERS = {
  'of its own group': `
    import { startCommand } from '#test/support/program.ts';
    await startCommand([process.execPath, '-e', ${JSON.stringify(RUN)}, process.argv[1]], { env: {} }, () => true);`,
  'of a program of its own group': `
    import { startCommand } from '#test/support/program.ts';
    const inner = 'require("node:child_process").spawn(process.execPath, ["-e", process.argv[1], process.argv[2]])';
    const words = [process.execPath, '-e', inner, ${JSON.stringify(RUN)}, process.argv[1]];
    await startCommand(words, { env: {} }, () => true);`,
  'of the same group': `
    import { spawn } from 'node:child_process';
    import { endWithStarter } from '#test/support/end-with-starter.ts';
    endWithStarter(spawn(process.execPath, ['-e', ${JSON.stringify(RUN)}, process.argv[1]]));`,
};

/** A process that runs this text. */
function start(text: string, ...args: string[]) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', text, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

it.each(Object.entries(STARTERS))('a program %s ends with a starter that is killed', async (_, text) => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const starter = start(text, `${port}`);
  const [program] = (await once(server, 'connection')) as [Socket];
  // Ends the program if nobody else does.
  onTestFinished(() => void program.destroy());
  program.on('error', () => {});
  starter.kill('SIGKILL');
  await until('the program has ended', () => program.closed, 10_000);
});

it.runIf(hasRedis())('a Redis ends with a test that is killed', async () => {
  const starter = start(`
    import { startRedis } from '#server/testing/start-redis.ts';
    const { url } = await startRedis('secret');
    console.log(new URL(url).port);`);
  const [port] = (await once(createInterface(starter.stdout), 'line')) as [string];
  const redis = connect(Number(port), '127.0.0.1');
  redis.on('error', () => {});
  await once(redis, 'connect');
  starter.kill('SIGKILL');
  await until('Redis has ended', () => redis.closed, 10_000);
});
