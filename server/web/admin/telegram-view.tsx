import { useState } from 'react';
import type { Store } from '#contract/store.ts';
import type { TelegramChat } from '#contract/telegram.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { useText } from '../managing/page.tsx';
import { ChatRow } from './chat-row.tsx';
import { LinkChat } from './link-chat.tsx';
import { useReading } from './use-reading.ts';

const EVERY_MS = 10_000;
/** While a code waits for its chat. */
const OFTEN_MS = 2_000;

/** The chats of Telegram that hear of the shop's orders. */
export function TelegramView({ store }: { store: Store }) {
  const { t } = useText();
  const [isLinking, setIsLinking] = useState(false);
  const path = `/stores/${store.id}/telegram-chats`;
  const { value, failure, read } = useReading<{ chats: TelegramChat[] }>(path, isLinking ? OFTEN_MS : EVERY_MS);
  return (
    <div className="two">
      <section className="card" aria-labelledby="telegram">
        <h2 id="telegram">{t('tab.telegram')}</h2>
        <p className="soft">{t('telegram.hint')}</p>
        <FailureLine failure={failure} />
        {value?.chats.length === 0 && <p>{t('telegram.none')}</p>}
        <ul className="stack">
          {value?.chats.map((chat) => (
            <ChatRow key={chat.id} chat={chat} store={store} onChanged={() => void read()} />
          ))}
        </ul>
      </section>
      {value && <LinkChat store={store} chats={value.chats} onLinking={setIsLinking} />}
    </div>
  );
}
