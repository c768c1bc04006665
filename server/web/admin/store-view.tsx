import type { Store } from '#contract/store.ts';
import { useText } from '../managing/page.tsx';
import { AvailabilityView } from './availability-view.tsx';
import { DevicesView } from './devices-view.tsx';
import { EscalationList } from './escalation-list.tsx';
import { FiguresView } from './figures-view.tsx';
import { PrintersView } from './printers-view.tsx';
import type { Tab } from './route.ts';
import { SearchView } from './search-view.tsx';
import { SettingsView } from './settings-view.tsx';
import { SourcesView } from './sources-view.tsx';
import { Tabs } from './tabs.tsx';
import { TelegramView } from './telegram-view.tsx';
import { TodayView } from './today-view.tsx';
import { WebhooksView } from './webhooks-view.tsx';

const VIEWS = {
  orders: TodayView,
  search: SearchView,
  figures: FiguresView,
  devices: DevicesView,
  availability: AvailabilityView,
  sources: SourcesView,
  printers: PrintersView,
  telegram: TelegramView,
  webhooks: WebhooksView,
  settings: SettingsView,
} as const satisfies Record<Tab, unknown>;

/** One shop. */
export function StoreView({ store, tab, isOnly }: { store: Store; tab: Tab; isOnly: boolean }) {
  const { t } = useText();
  const View = VIEWS[tab];
  return (
    <>
      <div className="row" data-testid="store" data-store-id={store.id}>
        {!isOnly && (
          <a href="#/" className="quiet">
            {t('stores.title')}
          </a>
        )}
        <h1>
          <bdi>{store.name}</bdi>
        </h1>
      </div>
      <Tabs storeId={store.id} tab={tab} />
      {tab === 'orders' && <EscalationList stores={[store]} />}
      <View store={store} />
    </>
  );
}
