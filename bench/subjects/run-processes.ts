import type { ServerProcess } from './server-process.ts';
import type { Subject } from './subject.ts';

/** Processes that are started together. */
export type Processes = Omit<Subject, 'addStore' | 'databaseCpu'> & {
  /** Address of one of them; the next one for the next `turn`. */
  url(turn: number): string;
};

/** @param start each of them starts one process on the same data, and always at the same address */
export async function runProcesses(
  start: readonly (() => Promise<ServerProcess>)[],
  isProfiled: boolean,
  release: () => Promise<unknown>,
): Promise<Processes> {
  const running: ServerProcess[] = [];
  const startAll = async () => {
    for (const one of start) running.push(await one());
  };
  const stopAll = () => Promise.all(running.splice(0).map((one) => one.stop()));
  await startAll();
  const urls = running.map(({ url }) => url);
  const profiles: Subject['profiles'] = [];

  return {
    profiles,
    url: (turn) => urls[turn % urls.length] ?? '',
    async during(work) {
      const before = total(running, 'cpu');
      const [one] = running;
      if (isProfiled && one) profiles.push(await one.profile(work));
      else await work();
      return total(running, 'cpu') - before;
    },
    memory: () => total(running, 'memory'),
    async restart() {
      await stopAll();
      await startAll();
    },
    async end(node, signal) {
      const [one] = running.splice(node, 1);
      await one?.stop(signal);
    },
    async stop() {
      await stopAll();
      await release();
    },
  };
}

const total = (running: readonly ServerProcess[], what: 'cpu' | 'memory'): number =>
  running.reduce((sum, one) => sum + one[what](), 0);
