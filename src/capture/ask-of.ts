import { DLE, GS } from './command-length.ts';
import type { Ask } from './printed.ts';

/** The request that a command is; null: it is none. */
export function askOf(bytes: readonly number[]): Ask | null {
  const [lead, code, ...parameters] = bytes;
  if (lead === DLE && code === 4) return { when: 'realtime', what: 'status', parameters };
  const ordered = ORDERED[String.fromCharCode(lead ?? 0, code ?? 0)];
  if (ordered) return { when: 'ordered', what: ordered, parameters };
  // GS ( H, function 48: the answer says that what came before is printed.
  if (lead === GS && code === 0x28 && parameters[0] === 0x48 && parameters[3] === 48)
    return { when: 'ordered', what: 'process', parameters: parameters.slice(5, 9) };
  return null;
}

const ORDERED: Record<string, Ask['what']> = {
  '\x1dr': 'sensor',
  '\x1bv': 'sensor',
  '\x1bu': 'drawer',
  '\x1dI': 'identity',
  '\x1da': 'automatic',
};
