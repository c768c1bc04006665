import { type FormEvent, useState } from 'react';
import type { PageKey } from './load-text.ts';
import { useText } from './page.tsx';

/** Why a token was not accepted. */
export type SignInProblem = 'signIn.wrong' | 'signIn.role' | 'error.away' | 'error.too_many';

/** A form with one input and one button. */
export function SignIn({
  hint,
  initial = '',
  onSubmit,
}: {
  hint: PageKey;
  /** Filled in. */
  initial?: string;
  /** @returns null when it worked */
  onSubmit: (token: string) => Promise<SignInProblem | null>;
}) {
  const { t } = useText();
  const [token, setToken] = useState(initial);
  const [problem, setProblem] = useState<SignInProblem | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(token.trim() === '' ? 'signIn.wrong' : await onSubmit(token.trim()));
    setBusy(false);
  }

  return (
    <main className="door">
      <form className="card" data-testid="sign-in" onSubmit={(event) => void submit(event)}>
        <div className="row">
          <h1>
            <bdi>Ticketrail</bdi>
          </h1>
          <p className="link end" data-testid="link" data-state="unknown">
            <span>{t('signIn.not')}</span>
          </p>
        </div>
        <label className="field">
          <span>{t('signIn.token')}</span>
          <input
            type="password"
            name="token"
            value={token}
            onChange={(event) => setToken(event.target.value)}
            autoComplete="current-password"
            spellCheck={false}
            maxLength={512}
            dir="ltr"
            aria-describedby="sign-in-hint"
          />
        </label>
        <p className="soft" id="sign-in-hint">
          {t(hint)}
        </p>
        {problem && (
          <p className="failure" role="alert">
            {t(problem)}
          </p>
        )}
        <button type="submit" className="main" disabled={busy}>
          {t('signIn.do')}
        </button>
      </form>
    </main>
  );
}
