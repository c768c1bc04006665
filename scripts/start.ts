import { join, resolve } from 'node:path';
import { createCleanup } from './start/cleanup.ts';
import { endWithNpm } from './start/end-with-npm.ts';
import { runDemo } from './start/run-demo.ts';
import { readStartFlags, START_USAGE, type StartFlags } from './start/start-flags.ts';
import { takeLock } from './start/take-lock.ts';

/** `npm start`: all of Ticketrail on one machine, with a demo shop (contract, section 1). */
const root = join(import.meta.dirname, '..');
const data = resolve(process.env.TICKETRAIL_DATA ?? join(root, 'data'));
const say = (line: string) => console.log(line);

try {
  const flags = readStartFlags(process.argv.slice(2));
  if (flags === 'help') say(START_USAGE);
  else await start(flags);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function start(flags: StartFlags): Promise<void> {
  const taken = takeLock(join(data, 'start.lock'));
  if ('heldBy' in taken) {
    say(`Ticketrail is running already: ${taken.heldBy.note ?? 'it is just starting'}`);
    return;
  }
  const { lock } = taken;
  const cleanup = createCleanup();
  await cleanup.add(lock.release);
  let ending: Promise<void> | undefined;
  const end = (code: number) => {
    ending ??= cleanup.run().then(() => process.exit(code));
    return ending;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (!ending) say('\nStopping …');
      void end(0);
    });
  endWithNpm();
  try {
    await runDemo({ root, dataDir: join(data, 'demo'), lock, flags, say, onClosed: () => void end(0) }, cleanup);
  } catch (error) {
    // Stopped while starting: failures of pending steps are expected.
    if (!ending) console.error(error instanceof Error ? error.message : error);
    await end(1);
  }
}
