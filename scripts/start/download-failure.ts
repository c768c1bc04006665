/** What to do about a failed download, by the code or name of its error, or of the error that caused it. */
const REMEDIES: [RegExp, string][] = [
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|UND_ERR|stalled/,
    'The download server does not answer. Behind a proxy set HTTPS_PROXY; for a mirror set ELECTRON_MIRROR.',
  ],
  [
    /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/,
    "This machine does not know the download server's certificate. Set NODE_EXTRA_CA_CERTS to the file of your network's.",
  ],
  [/Response code 407/, 'The proxy wants a name and a password: HTTPS_PROXY=http://name:password@proxy:port'],
  [/Response code 40[34]/, 'The mirror does not have this version. Correct ELECTRON_MIRROR, or unset it.'],
  [/[Cc]hecksum/, 'The file that came is not the one that Electron published. Correct ELECTRON_MIRROR, or unset it.'],
  [/ENOSPC/, 'The disk is full.'],
  [/EACCES|EPERM|EROFS/, 'A folder cannot be written to: node_modules/electron, or the cache of downloads.'],
];

/** One sentence or two for the person who has started the program. */
export function downloadFailure(error: unknown): string {
  const words: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause)
    words.push(at.name, (at as NodeJS.ErrnoException).code ?? '', at.message);
  const text = words.join(' ');
  const remedy = REMEDIES.find(([pattern]) => pattern.test(text))?.[1];
  return remedy ?? `${error instanceof Error ? error.message : error}`.split('\n')[0] ?? '';
}
