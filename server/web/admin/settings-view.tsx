import type { Store } from '#contract/store.ts';
import { StationsForm } from './stations-form.tsx';
import { StoreForm } from './store-form.tsx';

/** The settings that all screens of the shop share. */
export function SettingsView({ store }: { store: Store }) {
  return (
    <div className="two">
      <StoreForm store={store} />
      <StationsForm store={store} />
    </div>
  );
}
