import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Patch } from './mutant.ts';

const root = join(import.meta.dirname, '../..');

/** Applies the patches; each must match exactly once. */
export function patched(text: string, patches: readonly Patch[]): string {
  let out = text;
  for (const { file, find, replace } of patches) {
    const parts = out.split(find);
    if (parts.length !== 2) throw new Error(`${file}: ${JSON.stringify(find)} is there ${parts.length - 1} times`);
    out = parts.join(replace);
  }
  return out;
}

/** Makes Node load the patched sources and the in-memory Socket.io server. Call it before loading the product. */
export function installHooks(patches: readonly Patch[]): void {
  const byUrl = Map.groupBy(patches, ({ file }) => pathToFileURL(join(root, file)).href);
  const memory = pathToFileURL(join(import.meta.dirname, 'memory-socket-io.ts')).href;
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === 'socket.io') return { url: memory, shortCircuit: true };
      return next(specifier, context);
    },
    load(url, context, next) {
      const loaded = next(url, context);
      const mine = byUrl.get(url);
      if (!mine) return loaded;
      if (!loaded.source) throw new Error(`${fileURLToPath(url)} has no source to patch`);
      const text =
        typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source as Uint8Array).toString();
      return { ...loaded, source: patched(text, mine) };
    },
  });
}
