import { readFileSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ambientOf } from './ambient-of.ts';
import { importsOf } from './imports-of.ts';
import { sourceFiles } from './source-files.ts';
import { isBuildConfig, isTest, isTestSupport, type Zone } from './zones.ts';

/**
 * Every violation of the zone table in the tree below `root`, as `file:line: what is wrong`. A missing zone folder is a
 * violation too: a check that examines nothing must not pass.
 */
export function violations(root: string, zones: Record<string, Zone>): string[] {
  return Object.entries(zones).flatMap(([name, zone]) => {
    const files = sourceFiles(join(root, zone.path));
    if (files.length === 0) return [`${zone.path}: there is no source here`];
    return [
      ...globalsOf(root, zone),
      ...files.flatMap((file) => {
        const where = relative(root, file).split(sep).join('/');
        if (isTest(where)) return [];
        const text = readFileSync(file, 'utf8');
        return [
          ...importsOf(file, text).flatMap(({ from, line }) => {
            const fault = from === null ? 'imports a name that is computed' : faultOf(from, file, name, zone, root);
            return fault ? [`${where}:${line}: ${name} ${fault}`] : [];
          }),
          ...(zone.pure ? ambientOf(file, text) : []).map(
            (ambient) => `${where}:${ambient.line}: ${name} may not ask ${ambient.name}; pass it in`,
          ),
        ];
      }),
    ];
  });
}

function faultOf(from: string, file: string, name: string, zone: Zone, root: string): string | null {
  if (/^[.#]/.test(from) && isTestSupport(from)) return `may not import "${from}", which is for tests`;
  if (from.startsWith('.')) {
    const target = relative(join(root, zone.path), resolve(file, '..', from));
    return target.startsWith('..') || isAbsolute(target) ? `leaves its folder by "${from}"; import "#zone/…"` : null;
  }
  if (from.startsWith('#')) {
    const other = from.slice(1).split('/')[0] ?? '';
    return zone.zones.includes(other) || other === name ? null : `may not import "${from}"`;
  }
  if (isBuildConfig(file)) return null;
  const allowed = zone.packages.some((p) =>
    p.endsWith('*') ? from.startsWith(p.slice(0, -1)) : from === p || from.startsWith(`${p}/`),
  );
  return allowed ? null : `may not import the package "${from}"`;
}

/** The zone's tsconfig decides which globals compile, so it must match the table. */
function globalsOf(root: string, zone: Zone): string[] {
  const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as TsConfig;
  const own = read(`${zone.path}/tsconfig.json`).compilerOptions;
  const base = read('tsconfig.base.json').compilerOptions;
  const differ = (['types', 'lib'] as const).filter((key) => String(own?.[key] ?? base?.[key]) !== String(zone[key]));
  return differ.map((key) => `${zone.path}/tsconfig.json: "${key}" must be [${zone[key].join(', ')}]`);
}
interface TsConfig {
  compilerOptions?: { types?: string[]; lib?: string[] };
}
