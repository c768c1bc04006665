import { once } from 'node:events';
import { WebSocket } from 'ws';

/** What V8's profiler records (the format of `.cpuprofile`). */
export interface CpuProfile {
  nodes: {
    id: number;
    callFrame: { functionName: string; url: string; lineNumber: number };
    children?: number[];
  }[];
  /** Node that was running at each sample. */
  samples: number[];
  /** µs before each sample. */
  timeDeltas: number[];
}

const INTERVAL_MICROSECONDS = 500;

/** Records the main thread of a process that was started with `--inspect`, as `--cpu-prof` does, during the work only. */
export async function recordProfile(inspector: string, work: () => Promise<unknown>): Promise<CpuProfile> {
  const socket = new WebSocket(inspector, { maxPayload: 512 * 1024 * 1024 });
  await once(socket, 'open');
  let id = 0;
  const ask = (method: string, params: object = {}): Promise<{ profile: CpuProfile }> =>
    new Promise((resolve, reject) => {
      const mine = ++id;
      socket.on('message', function onMessage(data) {
        const answer = JSON.parse(String(data));
        if (answer.id !== mine) return;
        socket.off('message', onMessage);
        if (answer.error) reject(new Error(answer.error.message));
        else resolve(answer.result);
      });
      socket.send(JSON.stringify({ id: mine, method, params }));
    });
  try {
    await ask('Profiler.enable');
    await ask('Profiler.setSamplingInterval', { interval: INTERVAL_MICROSECONDS });
    await ask('Profiler.start');
    await work();
    return (await ask('Profiler.stop')).profile;
  } finally {
    socket.close();
  }
}
