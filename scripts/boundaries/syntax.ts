import { parseSync } from 'vite';

/** The few fields of a syntax tree (ESTree with TypeScript) that the checks here look at. */
export interface SyntaxNode {
  type: string;
  start: number;
  source?: unknown;
  expression?: unknown;
  callee?: { name?: string };
  arguments?: unknown[];
  object?: { name?: string };
  property?: { name?: string };
}

/** Throws if the text is not TypeScript. */
export function parse(file: string, text: string): unknown {
  const { program, errors } = parseSync(file, text);
  const fault = errors[0];
  if (fault) throw new Error(`${file}: ${fault.message}`);
  return program;
}

export function walk(value: unknown, visit: (node: SyntaxNode) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (typeof (value as SyntaxNode).type === 'string') visit(value as SyntaxNode);
  for (const child of Object.values(value)) walk(child, visit);
}

export const lineOf = (node: SyntaxNode, text: string): number => text.slice(0, node.start).split('\n').length;
