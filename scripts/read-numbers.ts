import { parseArgs } from 'node:util';

/**
 * Reads `--name 7` for each name in `defaults`. A default may be 0.
 *
 * @throws one sentence for anything but whole numbers above 0
 */
export function readNumbers<K extends string>(defaults: Record<K, number>): Record<K, number> {
  const names = Object.keys(defaults) as K[];
  const { values } = parseArgs({
    options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
  });
  const read = (name: K): number => {
    if (values[name] === undefined) return defaults[name];
    const number = Number(values[name]);
    if (!Number.isSafeInteger(number) || number < 1) throw new Error(`--${name} takes a whole number above 0`);
    return number;
  };
  return Object.fromEntries(names.map((name) => [name, read(name)])) as Record<K, number>;
}
