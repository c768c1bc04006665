import type { Failure } from './api.ts';
import type { PageKey } from './load-text.ts';
import { useText } from './page.tsx';

const WORDS: Record<Failure['code'], PageKey> = {
  away: 'error.away',
  invalid_request: 'error.invalid',
  unauthorized: 'signIn.wrong',
  forbidden: 'error.forbidden',
  not_found: 'error.not_found',
  invalid_transition: 'error.conflict',
  conflict: 'error.conflict',
  too_large: 'error.invalid',
  rate_limited: 'error.too_many',
  internal: 'error.internal',
  unavailable: 'error.away',
};

/**
 * Why something did not work, in words; what the server says of single fields follows in its own words.
 *
 * @param quotes a conflict means that it cannot be done now, and the server says why
 */
export function FailureLine({ failure, quotes = false }: { failure: Failure | null; quotes?: boolean }) {
  const { t } = useText();
  if (!failure) return null;
  const isQuoted = quotes && failure.code === 'conflict';
  return (
    <p className="failure" role="alert">
      {t(isQuoted ? 'error.because' : (WORDS[failure.code] ?? 'error.internal'))}
      {isQuoted && (
        <small lang="en" dir="ltr">
          {failure.message}
        </small>
      )}
      {failure.details.map(({ path, message }) => (
        <small key={path + message} lang="en" dir="ltr">
          {path}: {message}
        </small>
      ))}
    </p>
  );
}
