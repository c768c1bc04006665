import { type FormEvent, useState } from 'react';
import type { DeviceRole, Store } from '#contract/store.ts';
import { FailureLine } from '../managing/failure-line.tsx';
import { Field } from '../managing/field.tsx';
import { usePage, useText } from '../managing/page.tsx';
import { useSend } from '../managing/use-send.ts';
import { useIsAdmin } from './role.tsx';
import { Secret } from './secret.tsx';

const ROLES: readonly DeviceRole[] = ['integration', 'display', 'manager'];

/** Makes a token, and shows it once. */
export function NewDeviceForm({ store, onMade }: { store: Store; onMade: () => void }) {
  const { t } = useText();
  const { api } = usePage();
  const isAdmin = useIsAdmin();
  const { busy, failure, send } = useSend();
  const [name, setName] = useState('');
  const [role, setRole] = useState<DeviceRole>('integration');
  const [made, setMade] = useState<{ name: string; token: string } | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const answer = await send(() =>
      api<{ token: string }>('POST', `/stores/${store.id}/devices`, { name, role }, { once: true }),
    );
    if (!answer) return;
    setMade({ name, token: answer.token });
    setName('');
    onMade();
  }
  return (
    <section className="card" aria-labelledby="new-device">
      <h2 id="new-device">{t('devices.new')}</h2>
      <p className="soft">{t('devices.newHint')}</p>
      <form data-testid="new-device" onSubmit={(event) => void submit(event)}>
        <Field label={t('name')} value={name} onChange={setName} required maxLength={200} />
        <label className="field">
          <span>{t('devices.role')}</span>
          <select value={role} onChange={(event) => setRole(event.target.value as DeviceRole)}>
            {ROLES.filter((one) => isAdmin || one !== 'manager').map((one) => (
              <option key={one} value={one}>
                {t(`devices.role.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <FailureLine failure={failure} />
        <button type="submit" className="main" disabled={busy}>
          {t('devices.new')}
        </button>
      </form>
      {made && (
        <div className="stack" role="status">
          <p>{t('devices.tokenOnce', { name: made.name })}</p>
          <Secret text={made.token} />
        </div>
      )}
    </section>
  );
}
