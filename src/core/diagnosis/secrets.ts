import { SNAPSHOT_REASONS } from '#contract/history.ts';

/** Names of fields with secret values: `token`, `pinHash`, `authorization` … */
const SECRET_FIELD = /token|secret|password|authorization|cookie|^pin|Pin/;
const HIDDEN = '[hidden]';

/** Patterns of secrets in running text, with their replacements. */
const SECRET_TEXT: [RegExp, string][] = [
  // A device's token; the prefix stays.
  [/\b(tr_[dim]_)[\w-]{16,}/g, `$1${HIDDEN}`],
  [/\b(Bearer|Basic) +[\w.~+/=-]+/gi, `$1 ${HIDDEN}`],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, HIDDEN],
  // `?key=` admits a browser, `ticketrail://pair?code=` pairs, and a URL may contain a password.
  [/([?&](?:key|code|token)=)[^&\s"']+/gi, `$1${HIDDEN}`],
  [/(\/\/)[^/\s"'@]+@/g, `$1${HIDDEN}@`],
];

/**
 * Removes secrets from text.
 *
 * @param known secrets without a recognisable pattern
 */
export function hideSecrets(text: string, known: readonly string[] = []): string {
  const without = known.filter(Boolean).reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text);
  return SECRET_TEXT.reduce((rest, [shape, left]) => rest.replace(shape, left), without);
}

/** For `JSON.stringify`: hides reasons that people wrote, in which they name customers. */
export function hideReason(name: string, value: unknown): unknown {
  const isOurs = SNAPSHOT_REASONS.some((reason) => reason === value);
  return name === 'reason' && typeof value === 'string' && !isOurs ? HIDDEN : value;
}

/** Removes secrets from plain data: a secret field shows only that it is set. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return hideSecrets(value);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      typeof field === 'string' && SECRET_FIELD.test(name) ? HIDDEN : withoutSecrets(field),
    ]),
  );
}
