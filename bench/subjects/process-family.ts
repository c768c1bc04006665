import { readFileSync } from 'node:fs';

/** The kernel counts a process's time in these, ms. */
const TICK_MS = 10;
/** Fields of `/proc/<pid>/stat` after the name, from 0 (proc(5)). */
const USER = 11;
const SYSTEM = 12;
const ENDED_USER = 13;
const ENDED_SYSTEM = 14;

/** CPU time of a process and its children so far, ms, with that of children that have ended. */
export function familyCpu(pid: number): number {
  const of = (one: number, fields: readonly number[]) => {
    const all = read(`/proc/${one}/stat`);
    const values = all.slice(all.lastIndexOf(')') + 2).split(' ');
    return fields.reduce((sum, field) => sum + Number(values[field] ?? 0), 0);
  };
  const running = childrenOf(pid).reduce((sum, child) => sum + of(child, [USER, SYSTEM]), 0);
  return (running + of(pid, [USER, SYSTEM, ENDED_USER, ENDED_SYSTEM])) * TICK_MS;
}

/** Their memory, bytes; what several of them use counts once. */
export function familyMemory(pid: number): number {
  const of = (one: number) => Number(/^Pss: +(\d+) kB$/m.exec(read(`/proc/${one}/smaps_rollup`))?.[1] ?? 0);
  return [pid, ...childrenOf(pid)].reduce((sum, one) => sum + of(one), 0) * 1_024;
}

const childrenOf = (pid: number): number[] =>
  read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);

/** Empty if the process has ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
