import { useState } from 'react';
import type { Store } from '#contract/store.ts';
import type { TelegramChat } from '#contract/telegram.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { usePage, useText } from '../managing/page.tsx';
import { useSend } from '../managing/use-send.ts';
import { ConfirmRow } from './confirm-row.tsx';
import { ModeSelect } from './mode-select.tsx';

/** One linked chat: what it hears, and its end. */
export function ChatRow({ chat, store, onChanged }: { chat: TelegramChat; store: Store; onChanged: () => void }) {
  const { t } = useText();
  const { api } = usePage();
  const { busy, failure, send } = useSend();
  const [asks, setAsks] = useState(false);
  const { id, name, mode } = chat;

  async function change(method: 'PATCH' | 'DELETE', body?: unknown): Promise<void> {
    const done = await send(() => api(method, `/stores/${store.id}/telegram-chats/${id}`, body));
    if (done !== undefined) onChanged();
  }
  return (
    <li className="order" data-testid="chat" data-mode={mode}>
      <div className="row">
        <b>
          <bdi>{name}</bdi>
        </b>
        <button
          type="button"
          className="quiet end"
          data-testid="remove"
          aria-label={`${t('do.remove')}: ${name}`}
          onClick={() => setAsks(true)}
        >
          {t('do.remove')}
        </button>
      </div>
      <ModeSelect
        label={t('telegram.mode')}
        value={mode}
        busy={busy}
        onChange={(next) => void change('PATCH', { mode: next })}
      />
      {asks && (
        <ConfirmRow
          question={t('telegram.removeSure', { name })}
          busy={busy}
          onYes={() => void change('DELETE')}
          onNo={() => setAsks(false)}
        />
      )}
      <FailureLine failure={failure} />
    </li>
  );
}
