import type { Ask } from './printed.ts';

const NUL = 0;
/** What a printer of this kind says of itself (`GS I`). */
const NAMES: Record<number, string> = { 65: '1.00 ESC/POS', 66: 'EPSON', 67: 'TM-T88V', 68: '0000000000', 69: '' };

/**
 * Answers a till as a printer does that has paper and is closed (Epson's command reference).
 *
 * @param isReady false: off line, so that the till keeps its job or calls somebody
 */
export function answerOf({ what, parameters }: Ask, isReady: boolean): Uint8Array {
  const [n = 0] = parameters;
  switch (what) {
    case 'status':
      // Bits 1 and 4 are always set; 3 is off line (n = 1), 6 an error (n = 2, 3).
      if (isReady) return bytes(0x12);
      return bytes(n === 1 ? 0x1a : n === 2 || n === 3 ? 0x52 : 0x12);
    case 'sensor':
    case 'drawer':
      return bytes(0);
    case 'automatic':
      return n === 0 ? bytes() : bytes(isReady ? 0x10 : 0x18, 0, 0, 0);
    case 'identity': {
      const name = NAMES[n];
      if (name !== undefined) return Buffer.concat([bytes(0x5f), Buffer.from(name), bytes(NUL)]);
      return bytes(n % 0x30 === 2 ? 0x02 : 0x20);
    }
    case 'process':
      return bytes(0x37, 0x22, ...parameters, NUL);
  }
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
