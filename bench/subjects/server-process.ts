import { readdirSync, readFileSync } from 'node:fs';
import { type Program, startCommand } from '#test/support/program.ts';
import { type CpuProfile, recordProfile } from '../profile/record-profile.ts';

/** One process of a subject. */
export interface ServerProcess {
  url: string;
  /** CPU time of all its threads so far, ms; once it has ended, what it was last. */
  cpu(): number;
  /** Resident, bytes; 0 once it has ended. */
  memory(): number;
  /** Records what its main thread does during the work. Only if it was started to be profiled. */
  profile(work: () => Promise<unknown>): Promise<CpuProfile>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** On a machine that is busy with other things. */
const READY_WITHIN_MS = 120_000;
const PAGE_BYTES = 4_096;
const INSPECTOR = /Debugger listening on (ws:\/\/\S+)/;

/**
 * @param file of the program, from the root of the project
 * @param ready reads its output; returns its address once it serves
 */
export async function startServerProcess(
  file: string,
  env: Record<string, string>,
  ready: (output: string) => Promise<string | null> | string | null,
  isProfiled: boolean,
): Promise<ServerProcess> {
  const flags = isProfiled ? ['--inspect=127.0.0.1:0'] : [];
  const program = await startCommand(
    [process.execPath, ...flags, file],
    { env, readyWithinMs: READY_WITHIN_MS },
    ready,
  );
  let isStopping = false;
  let cpu = 0;
  void program.ended.then((code) => {
    if (!isStopping) console.error(`${file} ended with ${code}; its output:\n${program.output().slice(-2_000)}`);
  });
  return {
    url: program.ready,
    cpu() {
      cpu = cpuOf(program) ?? cpu;
      return cpu;
    },
    memory: () => memoryOf(program),
    profile(work) {
      const inspector = INSPECTOR.exec(program.output())?.[1];
      if (!inspector) throw new Error('the process has no inspector');
      return recordProfile(inspector, work);
    },
    stop(signal) {
      isStopping = true;
      return program.stop(signal);
    },
  };
}

/** The kernel counts each thread's time in ns; that of threads that have ended is not among it. null: it has ended itself. */
function cpuOf({ pid }: Program): number | null {
  try {
    let ns = 0;
    for (const thread of readdirSync(`/proc/${pid}/task`))
      ns += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    return ns / 1e6;
  } catch {
    return null;
  }
}

function memoryOf({ pid }: Program): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
  } catch {
    return 0;
  }
}
