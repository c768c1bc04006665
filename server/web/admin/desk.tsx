import { useEffect } from 'react';
import { isRinging } from '#contract/status.ts';
import { AwayBanner } from '../managing/away-banner.tsx';
import { LinkBadge } from '../managing/link-badge.tsx';
import { useLive, usePage, useText } from '../managing/page.tsx';
import { NewOrderChoices } from './new-order-choices.tsx';
import { routeOf, useHash } from './route.ts';
import { showBadge } from './show-badge.ts';
import { StoreList } from './store-list.tsx';
import { StoreView } from './store-view.tsx';

/** All of `/admin` once somebody is signed in. */
export function Desk() {
  const { t } = useText();
  const { follower, signOut } = usePage();
  const route = routeOf(useHash());
  const stores = useLive((live) => live.stores);
  const count = useLive(({ orders }) => [...orders.values()].filter(isRinging).length);
  // With one shop there is nothing to choose.
  const only = stores?.length === 1 ? stores[0] : undefined;
  const storeId = route?.storeId ?? only?.id ?? null;
  const store = stores?.find(({ id }) => id === storeId);
  useEffect(() => follower.watch(storeId), [follower, storeId]);
  useEffect(() => showBadge(document, count), [count]);

  return (
    <>
      <header className="top">
        <a href="#/">
          <bdi>Ticketrail</bdi>
        </a>
        <LinkBadge of={store ? [store] : (stores ?? [])} />
        <p className="row">
          <span className="count figures" data-testid="new-count" data-some={count > 0}>
            {count}
          </span>
          {t('store.new')}
        </p>
        <div className="row end">
          <NewOrderChoices />
          <button type="button" className="quiet" data-testid="sign-out" onClick={signOut}>
            {t('signIn.out')}
          </button>
        </div>
      </header>
      <AwayBanner />
      <main>
        {stores === null && <p role="status">{t('loading')}</p>}
        {store && <StoreView key={store.id} store={store} tab={route?.tab ?? 'orders'} isOnly={only !== undefined} />}
        {stores && !store && <StoreList stores={stores} />}
      </main>
    </>
  );
}
