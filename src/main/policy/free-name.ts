import { basename, extname } from 'node:path';

/** `name` without folders, or with a number before its ending if it is taken: `history (2).json`. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  const plain = basename(name);
  const ending = extname(plain);
  for (let count = 1; ; count++) {
    const free = count === 1 ? plain : `${basename(plain, ending)} (${count})${ending}`;
    if (!isTaken(free)) return free;
  }
}
