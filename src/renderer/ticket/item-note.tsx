import { useMemo } from 'react';
import { No } from './modifiers.tsx';
import { noteRemovals } from './note-removals.ts';

/** The note of an item. What it leaves out is marked as in a modifier. */
export function ItemNote({ note }: { note: string }) {
  const pieces = useMemo(() => noteRemovals(note), [note]);
  return pieces.map(({ text, language }, i) =>
    language ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces have no identity but their place
      <span key={i} data-testid="removal">
        <No language={language}>{text}</No>
      </span>
    ) : (
      text
    ),
  );
}
