const LENGTH = 300;
const FIELDS = ['message', 'detail', 'error_description', 'error', 'errors', 'title'] as const;

/** What an answer says about an error, in one line; empty: nothing. */
export function wordsOf(text: string): string {
  let words: string | undefined;
  try {
    words = said(JSON.parse(text), 4);
  } catch {
    // A page for browsers says nothing to an owner.
    words = text.trimStart().startsWith('<') ? undefined : text;
  }
  return (words ?? '').replace(/\s+/g, ' ').trim().slice(0, LENGTH);
}

function said(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') return value;
  if (depth === 0 || typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return value.flatMap((one) => said(one, depth - 1) ?? []).join('; ') || undefined;
  const fields = value as Record<string, unknown>;
  for (const field of FIELDS) {
    const words = said(fields[field], depth - 1);
    if (words) return words;
  }
  return undefined;
}
