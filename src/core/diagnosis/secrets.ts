/** Fields whose value nobody but this display may know, by name: `token`, `pinHash`, `authorization` … */
const SECRET_FIELD = /token|secret|password|authorization|cookie|^pin|Pin/;
const HIDDEN = '[hidden]';

/** What a secret looks like in running text, and what is left of it. */
const SECRET_TEXT: [RegExp, string][] = [
  // A device's token: the prefix tells what it was.
  [/\b(tr_[di]_)[\w-]{16,}/g, `$1${HIDDEN}`],
  [/\b(Bearer|Basic) +[\w.~+/=-]+/gi, `$1 ${HIDDEN}`],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, HIDDEN],
  // `?key=` lets a browser in, `ticketrail://pair?code=` pairs, and some put a password into an address.
  [/([?&](?:key|code|token)=)[^&\s"']+/gi, `$1${HIDDEN}`],
  [/(\/\/)[^/\s"'@]+@/g, `$1${HIDDEN}@`],
];

/**
 * Text that may be shown to others.
 *
 * @param known secrets that have no shape of their own
 */
export function hideSecrets(text: string, known: readonly string[] = []): string {
  const without = known.filter(Boolean).reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text);
  return SECRET_TEXT.reduce((rest, [shape, left]) => rest.replace(shape, left), without);
}

/** Plain data that may be shown to others: a secret field says that it is there and not what it is. */
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
