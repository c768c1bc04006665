import { useEffect, useState } from 'react';
import type { Store } from '#contract/store.ts';
import type { TelegramChat, TelegramCode, TelegramMode } from '#contract/telegram.ts';
import { formatAge } from '#renderer/i18n/format.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { useNow, usePage, useText } from '../managing/page.tsx';
import { useSend } from '../managing/use-send.ts';
import { ModeSelect } from './mode-select.tsx';
import { Secret } from './secret.tsx';

/** A code that waits, and the chats that were linked before it. */
interface Waiting extends TelegramCode {
  before: ReadonlySet<string>;
}

/** Makes a code that links a chat, and shows that it has. @param onLinking whether a code waits */
export function LinkChat({
  store,
  chats,
  onLinking,
}: {
  store: Store;
  chats: readonly TelegramChat[];
  onLinking: (isLinking: boolean) => void;
}) {
  const { t } = useText();
  const { api } = usePage();
  const { busy, failure, send } = useSend();
  const now = useNow(1_000);
  const [mode, setMode] = useState<TelegramMode>('always');
  const [made, setMade] = useState<Waiting | null>(null);
  const linked = made && chats.find(({ id }) => !made.before.has(id));
  const left = made ? Date.parse(made.expiresAt) - now : 0;
  const isWaiting = made !== null && !linked && left > 0;
  useEffect(() => onLinking(isWaiting), [onLinking, isWaiting]);

  async function ask(): Promise<void> {
    const before = new Set(chats.map(({ id }) => id));
    const code = await send(() => api<TelegramCode>('POST', `/stores/${store.id}/telegram-codes`, { mode }));
    if (code) setMade({ ...code, before });
  }
  return (
    <section className="card" aria-labelledby="link-chat">
      <h2 id="link-chat">{t('telegram.new')}</h2>
      {failure?.code === 'conflict' ? <SetUpSteps /> : <FailureLine failure={failure} />}
      <ModeSelect label={t('telegram.mode')} value={mode} busy={busy} onChange={setMode} />
      {isWaiting && (
        <>
          <p className="code long" data-testid="telegram-code" dir="ltr">
            {made.code}
          </p>
          <p>{t('telegram.write')}</p>
          <Secret text={`/start ${made.code}`} />
          <p className="soft figures">{t('telegram.until', { time: formatAge(left) })}</p>
        </>
      )}
      <div role="status">
        {linked && <p className="done">{t('telegram.linked', { name: linked.name })}</p>}
        {made && !linked && left <= 0 && <p className="late">{t('telegram.over')}</p>}
      </div>
      <button type="button" className="main" data-testid="link-chat" disabled={busy} onClick={() => void ask()}>
        {t('telegram.do')}
      </button>
    </section>
  );
}

/** For a server without a bot. */
function SetUpSteps() {
  const { t } = useText();
  return (
    <div role="alert" data-testid="no-bot" className="stack">
      <p>{t('telegram.noBot')}</p>
      <ol className="steps">
        {([1, 2, 3] as const).map((step) => (
          <li key={step}>{t(`telegram.setUp.${step}`)}</li>
        ))}
      </ol>
    </div>
  );
}
