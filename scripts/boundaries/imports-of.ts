import { lineOf, parse, type SyntaxNode, walk } from './syntax.ts';

export interface Import {
  /** As written: `zod`, `./x.ts`, `#core/x.ts`; null when it is computed. */
  from: string | null;
  line: number;
}

const SOURCES = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

/** Everything a TypeScript file imports, in any form: types, re-exports, `import()`, `require`. */
export function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  const add = (node: SyntaxNode, source: unknown): void => {
    const value = (source as { value?: unknown } | null)?.value;
    found.push({ from: typeof value === 'string' ? value : null, line: lineOf(node, text) });
  };
  walk(parse(file, text), (node) => {
    if (SOURCES.has(node.type) && node.source) add(node, node.source);
    if (node.type === 'TSExternalModuleReference') add(node, node.expression);
    if (node.type === 'CallExpression' && node.callee?.name === 'require') add(node, node.arguments?.[0]);
  });
  return found;
}
