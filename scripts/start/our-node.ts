import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** How one of our own programs is started as a child that ends with its parent: see end-with-parent.ts. */
export function ourNode(
  root: string,
  script: string,
  ...args: string[]
): { command: string; args: string[]; cwd: string } {
  const withParent = pathToFileURL(join(root, 'scripts/start/end-with-parent.ts')).href;
  return { command: process.execPath, args: ['--import', withParent, join(root, script), ...args], cwd: root };
}
