import { useLive, useText } from '../managing/page.tsx';

/** The live displays of a shop, and whether each has everything. */
export function ScreenList({ storeId }: { storeId: string }) {
  const { t } = useText();
  const displays = useLive((live) => live.displays[storeId]) ?? [];
  const head = useLive((live) => live.heads[storeId]) ?? 0;
  return (
    <div className="stack">
      <h3>{t('store.displays')}</h3>
      {displays.length === 0 ? (
        <p className="soft">{t('store.noDisplays')}</p>
      ) : (
        <ul>
          {displays.map(({ deviceId, name, cursor }) => (
            <li key={deviceId} className="row" data-testid="display" data-device-id={deviceId} data-cursor={cursor}>
              <bdi>{name}</bdi>
              <small>{cursor >= head ? t('store.upToDate') : t('store.behind', { count: head - cursor })}</small>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
