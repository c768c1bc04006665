import { useLive, useText } from '../managing/page.tsx';
import { linkTo } from './route.ts';

/** The live displays of a shop, and whether each has everything. @param isPart of the shop's page, not of the list of shops */
export function ScreenList({ storeId, isPart = false }: { storeId: string; isPart?: boolean }) {
  const { t } = useText();
  const Heading = isPart ? 'h2' : 'h3';
  const displays = useLive((live) => live.displays[storeId]) ?? [];
  const head = useLive((live) => live.heads[storeId]) ?? 0;
  return (
    <div className="stack">
      <Heading>{t('store.displays')}</Heading>
      {displays.length === 0 ? (
        <p className="row soft">
          {t('store.noDisplays')}
          {isPart && (
            <a href={linkTo(storeId, 'devices')} className="quiet">
              {t('pairing.title')}
            </a>
          )}
        </p>
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
