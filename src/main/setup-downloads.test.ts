import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { fakeDownload } from '#test/support/electron/fake-download.ts';
import type { FakeElectronOptions } from '#test/support/electron/fake-electron.ts';
import { bridgeOf, startShell } from '#test/support/electron/start-shell.ts';

async function openPage(over: Partial<FakeElectronOptions> = {}) {
  const shell = await startShell(over);
  const folder = mkdtempSync(join(tmpdir(), 'downloads-'));
  shell.electron.app.setPath('downloads', folder);
  const notices: { code: string; params: object }[] = [];
  const bridge = bridgeOf(shell);
  bridge.onPush((name, payload) => name === 'notice' && notices.push(payload as (typeof notices)[number]));
  const page = shell.windows[0]?.contents as NonNullable<(typeof shell.windows)[0]>['contents'];
  return {
    shell,
    folder,
    notices,
    bridge,
    save: () => fakeDownload(shell.electron.session.defaultSession, page, 'a.json'),
  };
}

describe('a file that a page makes', () => {
  test('is saved in the downloads folder, without replacing another, and the page is told where', async () => {
    const { folder, notices, save } = await openPage();
    writeFileSync(join(folder, 'a.json'), 'older');
    const file = save();
    expect(file).toMatchObject({ path: join(folder, 'a (2).json'), asked: false });
    expect(notices).toEqual([]);
    file.end('completed');
    expect(notices).toMatchObject([{ kind: 'success', code: 'file_saved', params: { path: file.path } }]);
  });

  test('that cannot be saved is reported', async () => {
    const { notices, save } = await openPage();
    save().end('interrupted');
    expect(notices).toMatchObject([{ kind: 'error', code: 'file_failed' }]);
  });

  test('is cancelled and reported on a system without a downloads folder', async () => {
    const { shell, notices, save } = await openPage();
    // docs/api/app.md, getPath: "On failure, an Error is thrown."
    const getPath = () => {
      throw new Error("Failed to get 'downloads' path");
    };
    Object.assign(shell.electron.app, { getPath });
    expect(save()).toMatchObject({ cancelled: true, asked: false });
    expect(notices).toMatchObject([{ kind: 'error', code: 'file_failed' }]);
  });

  test('needs no page that is still open', async () => {
    const { shell, save } = await openPage();
    const file = save();
    shell.windows.splice(0);
    expect(() => file.end('completed')).not.toThrow();
  });
});

test('a page that cannot print shows it', async () => {
  const { notices, bridge } = await openPage({ noPrinter: true });
  expect(await bridge.call('print', null)).toMatchObject({ ok: true });
  await vi.waitFor(() => expect(notices).toMatchObject([{ kind: 'error', code: 'print_failed' }]));
});
