import { useState } from 'react';
import type { Store } from '#contract/store.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { useFormats, useNow, usePage, useText } from '../managing/page.tsx';
import { useSend } from '../managing/use-send.ts';
import { QrCode } from './qr-code.tsx';

/** A code for one screen, large enough to be read across the kitchen. */
export function PairingCode({ store }: { store: Store }) {
  const { t } = useText();
  const { time } = useFormats(store);
  const { api } = usePage();
  const { busy, failure, send } = useSend();
  const now = useNow(1_000);
  const [made, setMade] = useState<{ code: string; expiresAt: string } | null>(null);
  const server = new URL('.', location.href).href.replace(/\/$/, '');
  const isGood = made !== null && Date.parse(made.expiresAt) > now;

  async function ask(): Promise<void> {
    const answer = await send(() =>
      api<{ code: string; expiresAt: string }>('POST', `/stores/${store.id}/pairing-codes`),
    );
    if (answer) setMade(answer);
  }
  return (
    <section className="card" aria-labelledby="pairing">
      <h2 id="pairing">{t('pairing.title')}</h2>
      <p className="soft">{t('pairing.hint')}</p>
      <p>
        {t('pairing.server')}: <bdi className="secret">{server}</bdi>
      </p>
      {isGood && (
        <>
          <p className="code" data-testid="pairing-code" dir="ltr">
            {made.code}
          </p>
          <QrCode text={linkFor(server, made.code)} label={made.code} />
          <p className="soft">{t('pairing.until', { time: time(made.expiresAt) })}</p>
        </>
      )}
      <FailureLine failure={failure} />
      <button type="button" className="main" data-testid="pair" disabled={busy} onClick={() => void ask()}>
        {t('pairing.do')}
      </button>
    </section>
  );
}

/** Opens the installed app with both filled in (`src/main/deep-link.ts`). */
const linkFor = (server: string, code: string): string => `ticketrail://pair?${new URLSearchParams({ server, code })}`;
