import { plainText } from './plain-text.ts';

/** The line of the note that says where an order goes, from the parts of an address; '': there is none. */
export function deliverTo(parts: readonly (string | null | undefined)[]): string {
  const line = plainText(parts.filter((part) => part?.trim()).join(', '));
  return line && `Deliver to: ${line}`;
}
