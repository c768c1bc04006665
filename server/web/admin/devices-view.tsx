import { useEffect, useState } from 'react';
import type { Device, Store } from '#contract/store.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { useFormats, useLive, usePage, useText } from '../managing/page.tsx';
import { useSend } from '../managing/use-send.ts';
import { ConfirmRow } from './confirm-row.tsx';
import { CustomerLinkForm } from './customer-link-form.tsx';
import { NewDeviceForm } from './new-device-form.tsx';
import { PairingCode } from './pairing-code.tsx';
import { Secret } from './secret.tsx';
import { useReading } from './use-reading.ts';

const EVERY_MS = 10_000;

/** Who may get in: screens, shop systems, managers, customers. */
export function DevicesView({ store }: { store: Store }) {
  const { t } = useText();
  const { api } = usePage();
  const { failure, send } = useSend();
  const displays = useLive((live) => live.displays[store.id]);
  const { value, read } = useReading<{ devices: Device[] }>(`/stores/${store.id}/devices`, EVERY_MS);
  // Read again when a screen comes or goes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => void read(), [read, displays]);

  async function remove(device: Device): Promise<void> {
    const done = await send(() => api('DELETE', `/devices/${device.deviceId}`));
    if (done !== undefined) await read();
  }
  return (
    <div className="two">
      <section className="card" aria-labelledby="devices">
        <h2 id="devices">{t('devices.title')}</h2>
        {value === null && <p role="status">{t('loading')}</p>}
        <FailureLine failure={failure} />
        <ul className="stack">
          {value?.devices.map((device) => (
            <DeviceRow key={device.deviceId} device={device} store={store} onRemove={() => void remove(device)} />
          ))}
        </ul>
      </section>
      <div className="stack">
        <PairingCode store={store} />
        <NewDeviceForm store={store} onMade={() => void read()} />
        <CustomerLinkForm store={store} />
      </div>
    </div>
  );
}

function DeviceRow({ device, store, onRemove }: { device: Device; store: Store; onRemove: () => void }) {
  const { t } = useText();
  const { when } = useFormats(store);
  const [asks, setAsks] = useState(false);
  const { api } = usePage();
  const { busy, failure, send } = useSend();
  const [token, setToken] = useState<string | null>(null);
  async function rotate(): Promise<void> {
    const made = await send(() => api<{ token: string }>('POST', `/devices/${device.deviceId}/rotate`));
    if (made) setToken(made.token);
  }
  const { name, role, lastSeenAt, live } = device;
  return (
    <li className="order" data-testid="device" data-device-id={device.deviceId} data-live={live}>
      <div className="row">
        <b>
          <bdi>{name}</bdi>
        </b>
        <span className="soft">{t(`devices.role.${role}`)}</span>
        {role === 'display' && (
          <span className={live ? 'done' : 'soft'}>{t(live ? 'devices.live' : 'devices.away')}</span>
        )}
        <small>{lastSeenAt ? t('devices.seen', { time: when(lastSeenAt) }) : t('devices.never')}</small>
      </div>
      <div className="row">
        <button
          type="button"
          className="plain"
          data-testid="rotate"
          disabled={busy}
          onClick={() => void rotate()}
          aria-label={`${t('devices.rotate')}: ${name}`}
        >
          {t('devices.rotate')}
        </button>
        <button
          type="button"
          className="quiet"
          data-testid="remove"
          onClick={() => setAsks(true)}
          aria-label={t('devices.remove', { name })}
        >
          {t('do.remove')}
        </button>
      </div>
      {token && (
        <div className="stack" role="status">
          <p>
            {t('devices.tokenOnce', { name })} {t('devices.rotateHint')}
          </p>
          <Secret text={token} />
        </div>
      )}
      <FailureLine failure={failure} />
      {asks && <ConfirmRow question={t('devices.removeSure', { name })} onYes={onRemove} onNo={() => setAsks(false)} />}
    </li>
  );
}
