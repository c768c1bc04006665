import type { CpuProfile } from './record-profile.ts';

/** Where a process spent the time in which it was busy, as shares of that time. */
export interface ProfileSummary {
  /** Of the recorded time. */
  busy: number;
  /** By package, folder of the product, or part of Node; the largest first. */
  parts: { name: string; share: number }[];
  /** Functions by their own time. A native one stands with the function that calls it. */
  functions: { name: string; share: number }[];
  /** Functions of the product, with the time of what they call; what one of them calls counts for that one only. */
  product: { name: string; share: number }[];
}

const MOST = 15;
/** Smaller ones are left out. */
const LEAST_SHARE = 0.005;

/** Runs every statement, so it says nothing of whose time it is. */
const SQLITE = /\/(sqlite-dialect\.ts|node_modules\/better-sqlite3\/.*)$/;

const PRODUCT = /^(?!.*node_modules).*\/(server\/src|src)\//;

type ProfileNode = CpuProfile['nodes'][number];

export function sumUpProfile(profiles: readonly CpuProfile[]): ProfileSummary {
  const parts = new Map<string, number>();
  const functions = new Map<string, number>();
  const product = new Map<string, number>();
  let busy = 0;
  let all = 0;
  for (const profile of profiles) {
    const byId = new Map(profile.nodes.map((node) => [node.id, node]));
    const callerOf = new Map(profile.nodes.flatMap((node) => (node.children ?? []).map((id) => [id, node])));
    for (const [i, id] of profile.samples.entries()) {
      const node = byId.get(id);
      const time = profile.timeDeltas[i + 1] ?? 0;
      all += time;
      if (!node || node.callFrame.functionName === '(idle)') continue;
      busy += time;
      const { part, name } = nameOf(node, callerOf);
      add(parts, part, time);
      add(functions, name, time);
      add(product, productOf(node, callerOf), time);
    }
  }
  const largest = (of: Map<string, number>) =>
    [...of]
      .map(([name, time]) => ({ name, share: time / busy }))
      .filter(({ share }) => share >= LEAST_SHARE)
      .sort((a, b) => b.share - a.share)
      .slice(0, MOST);
  return {
    busy: busy / all,
    parts: largest(parts),
    functions: largest(functions),
    product: largest(product),
  };
}

function nameOf(node: ProfileNode, callerOf: Map<number, ProfileNode>): { part: string; name: string } {
  const { functionName, url, lineNumber } = node.callFrame;
  if (functionName === '(program)') return { part: 'outside JavaScript', name: 'outside JavaScript' };
  if (functionName === '(garbage collector)') return { part: 'garbage collection', name: 'garbage collection' };
  if (url !== '')
    return { part: partOf(url), name: `${functionName || 'anonymous'} (${placeOf(url)}:${lineNumber + 1})` };
  const caller = callerOf.get(node.id);
  const from = caller && caller.callFrame.url !== '' ? caller.callFrame : null;
  const own = functionName || 'native code';
  if (!from) return { part: 'native code', name: own };
  const by = `${from.functionName || 'anonymous'} (${placeOf(from.url)}:${from.lineNumber + 1})`;
  return { part: SQLITE.test(from.url) ? 'SQLite' : partOf(from.url), name: `${own}, called by ${by}` };
}

function productOf(node: ProfileNode, callerOf: Map<number, ProfileNode>): string {
  for (let at: ProfileNode | undefined = node; at; at = callerOf.get(at.id)) {
    const { functionName, url, lineNumber } = at.callFrame;
    if (PRODUCT.test(url) && !SQLITE.test(url))
      return `${functionName || 'anonymous'} (${placeOf(url)}:${lineNumber + 1})`;
  }
  return 'packages and Node by themselves';
}

function placeOf(url: string): string {
  const inPackage = /node_modules\/((?:@[^/]+\/)?[^/]+\/.*)$/.exec(url)?.[1];
  if (inPackage) return inPackage;
  return /\/((?:server|src)\/.*)$/.exec(url)?.[1] ?? url;
}

/** `server/src/log`, `better-sqlite3`, `node:net`. */
function partOf(url: string): string {
  const inPackage = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
  if (inPackage) return inPackage;
  if (url.startsWith('node:')) return url.split('/').slice(0, 2).join('/');
  return /\/((?:server\/src|src)\/[^/]+)/.exec(url)?.[1] ?? url;
}

const add = (to: Map<string, number>, key: string, time: number): void => void to.set(key, (to.get(key) ?? 0) + time);
