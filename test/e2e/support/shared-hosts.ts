import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { HostOptions } from '#node-host/host-options.ts';
import type { Reply, Request } from './many-hosts.ts';

export interface SharedHosts {
  /** Starts a browser host. @returns its address, and how to close it */
  start(options: Pick<HostOptions, 'serverUrl' | 'token' | 'dataDir'>): Promise<{
    address: string;
    close(): Promise<void>;
  }>;
  /** What all of them have logged. */
  log(): string;
  stop(): Promise<void>;
}

/** Browser hosts in one process, because to start a process takes longer than most specs. One of them cannot be killed alone. */
export function createSharedHosts(): SharedHosts {
  const child = fork(join(import.meta.dirname, 'many-hosts.ts'), { silent: true });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
  const waiting = new Map<number, (reply: Reply) => void>();
  child.on('message', (reply: Reply) => waiting.get(reply.id)?.(reply));
  const exited = once(child, 'exit').then(() => {
    for (const [id, answer] of waiting) answer({ id, error: `the process of the hosts ended:\n${text.slice(-2_000)}` });
  });

  async function ask(request: Request): Promise<Reply> {
    const replied = new Promise<Reply>((resolve) => waiting.set(request.id, resolve));
    child.send(request, (error) => error && waiting.get(request.id)?.({ id: request.id, error: error.message }));
    const reply = await replied;
    waiting.delete(request.id);
    if (reply.error !== undefined) throw new Error(reply.error);
    return reply;
  }

  let last = 0;
  return {
    async start(options) {
      const id = ++last;
      const fixed = { port: 0, host: '127.0.0.1', publicUrl: null, oneTimeKey: null };
      const { address = '' } = await ask({ id, start: { ...fixed, ...options } });
      return { address, close: () => ask({ id, close: true }).then(() => {}) };
    },
    log: () => text,
    async stop() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
