import { lineOf, parse, walk } from './syntax.ts';

export interface Ambient {
  name: string;
  line: number;
}

const MEMBERS = new Set(['Date.now', 'Math.random']);

/**
 * Where a file takes the time or a random number from the language itself. No tsconfig can forbid that, and it makes results
 * differ from run to run. Turning a given instant into a date (`new Date(ms)`, `Date.parse`) is fine.
 */
export function ambientOf(file: string, text: string): Ambient[] {
  const found: Ambient[] = [];
  walk(parse(file, text), (node) => {
    const member = `${node.object?.name}.${node.property?.name}`;
    if (node.type === 'MemberExpression' && MEMBERS.has(member)) found.push({ name: member, line: lineOf(node, text) });
    const bare = node.callee?.name === 'Date' && (node.type === 'CallExpression' || node.arguments?.length === 0);
    if (bare) found.push({ name: 'Date()', line: lineOf(node, text) });
  });
  return found;
}
