import { isOpen, isRinging } from '#contract/status.ts';
import type { Store } from '#contract/store.ts';
import { lateSince } from '../managing/late-since.ts';
import { useFormats, useLive, useNow, useText } from '../managing/page.tsx';
import { EscalationList } from './escalation-list.tsx';
import { NewStoreForm } from './new-store-form.tsx';
import { useIsAdmin } from './role.tsx';
import { linkTo } from './route.ts';
import { ScreenList } from './screen-list.tsx';

/** Every shop of the token, and what needs attention in any of them. */
export function StoreList({ stores }: { stores: readonly Store[] }) {
  const { t } = useText();
  const isAdmin = useIsAdmin();
  return (
    <>
      <h1>{t('stores.title')}</h1>
      {stores.length === 0 && <p>{t('stores.none')}</p>}
      <EscalationList stores={stores} />
      <div className="grid stores">
        {stores.map((store) => (
          <StoreCard key={store.id} store={store} />
        ))}
      </div>
      {isAdmin && <NewStoreForm open={stores.length === 0} />}
    </>
  );
}

function StoreCard({ store }: { store: Store }) {
  const { t } = useText();
  const { money } = useFormats(store);
  const now = useNow();
  const orders = useLive((live) => live.orders);
  const stats = useLive((live) => live.stats[store.id]);
  const open = [...orders.values()].filter(({ storeId, status }) => storeId === store.id && isOpen(status));
  const count = (number: number, mark: string, words: string, className?: string) => (
    <div>
      <dt>{words}</dt>
      <dd className={`figures ${number > 0 ? (className ?? '') : ''}`} data-testid={mark}>
        {number}
      </dd>
    </div>
  );
  return (
    <section className="card" data-testid="store" data-store-id={store.id}>
      <h2>
        <a href={linkTo(store.id)} className="cover">
          <bdi>{store.name}</bdi>
        </a>
      </h2>
      <dl className="tiles filled">
        {count(open.length, 'store-open', t('store.open'))}
        {count(open.filter(isRinging).length, 'store-new', t('store.new'))}
        {count(open.filter((order) => lateSince(order, now) !== null).length, 'store-late', t('store.late'), 'late')}
        {stats && (
          <>
            {count(stats.orders, 'stats-orders', t('stats.orders'))}
            <div>
              <dt>{t('stats.revenue')}</dt>
              <dd data-testid="stats-revenue">
                <bdi>{money(stats.revenueMinor)}</bdi>
              </dd>
            </div>
          </>
        )}
      </dl>
      <ScreenList storeId={store.id} />
    </section>
  );
}
