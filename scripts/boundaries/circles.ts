import { readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { importsOf } from './imports-of.ts';
import { sourceFiles } from './source-files.ts';
import type { Zone } from './zones.ts';

type Graph = Map<string, string[]>;

/**
 * Circular imports below `folders`, type imports and tests included, in any zones: one line per circle, with its shortest
 * path.
 */
export function circles(root: string, zones: Record<string, Zone>, folders: readonly string[]): string[] {
  const graph = importGraph(root, zones, folders);
  return components(graph).map((files) => `circular import: ${shortestCircle(graph, files).join(' → ')}`);
}

function importGraph(root: string, zones: Record<string, Zone>, folders: readonly string[]): Graph {
  const nameOf = (file: string): string => relative(root, file).split(sep).join('/');
  const targetOf = (from: string, file: string): string => {
    if (from.startsWith('.')) return nameOf(resolve(file, '..', from));
    const [zone = '', ...path] = from.slice(1).split('/');
    return [zones[zone]?.path ?? zone, ...path].join('/');
  };
  const files = folders.flatMap((folder) => sourceFiles(join(root, folder)));
  const known = new Set(files.map(nameOf));
  return new Map(
    files.map((file) => {
      const imports = importsOf(file, readFileSync(file, 'utf8'));
      const targets = imports.flatMap(({ from }) => (from && /^[.#]/.test(from) ? targetOf(from, file) : []));
      return [nameOf(file), [...new Set(targets)].filter((target) => known.has(target))];
    }),
  );
}

/** The strongly connected components with more than one file, or with one that imports itself (Tarjan, 1972). */
function components(graph: Graph): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const found: string[][] = [];

  function visit(file: string): void {
    const at = index.size;
    index.set(file, at);
    low.set(file, at);
    stack.push(file);
    onStack.add(file);
    for (const target of graph.get(file) ?? []) {
      if (!index.has(target)) visit(target);
      else if (!onStack.has(target)) continue;
      low.set(file, Math.min(low.get(file) ?? at, low.get(target) ?? at));
    }
    if (low.get(file) !== at) return;
    const component = stack.splice(stack.indexOf(file));
    for (const member of component) onStack.delete(member);
    if (component.length > 1 || graph.get(file)?.includes(file)) found.push(component);
  }
  for (const file of graph.keys()) if (!index.has(file)) visit(file);
  return found;
}

/** Searches breadth-first from each file of a component back to itself. @returns the path, which ends with its first file */
function shortestCircle(graph: Graph, component: readonly string[]): string[] {
  const inside = new Set(component);
  let shortest: string[] | null = null;
  for (const start of [...component].sort()) {
    const seen = new Set<string>();
    let ways: string[][] = [[start]];
    while (ways.length > 0 && !seen.has(start)) {
      const next: string[][] = [];
      for (const way of ways)
        for (const target of graph.get(way.at(-1) ?? '') ?? []) {
          if (!inside.has(target) || seen.has(target)) continue;
          seen.add(target);
          next.push([...way, target]);
        }
      ways = next;
    }
    const circle = ways.find((way) => way.at(-1) === start);
    if (circle && (shortest === null || circle.length < shortest.length)) shortest = circle;
  }
  return shortest ?? [...component];
}
