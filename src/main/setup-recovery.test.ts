import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { bridgeOf, startShell } from '#test/support/electron/start-shell.ts';

type Shell = Awaited<ReturnType<typeof startShell>>;
const logOf = ({ userData }: Shell) => readFileSync(join(userData, 'logs/display.log'), 'utf8');
const ended = (shell: Shell) => vi.waitFor(() => expect(shell.state.exitCode).not.toBeNull(), 5_000);

describe('a page whose process has ended', () => {
  test('is reloaded at once and gets the board', async () => {
    const shell = await startShell();
    shell.windows[0]?.crash('oom');
    await vi.waitFor(() => expect(shell.windows[0]?.reloads).toBe(1));
    expect(await bridgeOf(shell).call('getBoard', null)).toMatchObject({ ok: true });
    expect(logOf(shell)).toContain('oom');
    expect(shell.state.exitCode).toBeNull();
  });

  test('cleanly is not reloaded', async () => {
    const shell = await startShell();
    shell.windows[0]?.crash('clean-exit');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(shell.windows[0]?.reloads).toBe(0);
  });

  test('repeatedly restarts the whole program, which remembers the crashes', async () => {
    const shell = await startShell();
    for (let i = 0; i < 4; i++) shell.windows[0]?.crash('crashed');
    await ended(shell);
    expect(shell.state).toMatchObject({ exitCode: 1, relaunch: { args: [] } });
    const next = await startShell({ userData: shell.userData });
    next.windows[0]?.crash('crashed');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect({ reloads: next.windows[0]?.reloads, code: next.state.exitCode }).toEqual({ reloads: 0, code: null });
  });
});

describe('the program itself', () => {
  test.each(['uncaughtException', 'unhandledRejection'])(
    '[C1] closes its databases and restarts after an %s',
    async (event) => {
      const shell = await startShell();
      shell.program.emit(event, new Error('a stone in the gears'));
      await ended(shell);
      expect(shell.state).toMatchObject({ exitCode: 1, relaunch: { args: [] } });
      expect(logOf(shell)).toContain('a stone in the gears');
      expect((await startShell({ userData: shell.userData })).started).toBe(true);
    },
  );

  test('restarts with its arguments; an AppImage from its own file', async () => {
    const shell = await startShell({}, { APPIMAGE: '/home/pass/Ticketrail.AppImage' });
    shell.program.argv.push('--hidden');
    shell.program.emit('uncaughtException', 'not even an error');
    await ended(shell);
    expect(shell.state.relaunch).toEqual({ args: ['--hidden'], execPath: '/home/pass/Ticketrail.AppImage' });
  });

  test('[C1] under a supervisor ends with an error and starts nothing itself', async () => {
    const shell = await startShell({}, { TICKETRAIL_SUPERVISED: '1' });
    shell.program.emit('uncaughtException', new Error('x'));
    await ended(shell);
    expect(shell.state).toMatchObject({ exitCode: 1, relaunch: null });
    expect((await startShell({ userData: shell.userData })).started).toBe(true);
  });

  test('waits before it restarts after a second crash, and survives a damaged faults.json', async () => {
    const first = await startShell();
    first.program.emit('uncaughtException', new Error('x'));
    await ended(first);
    const second = await startShell({ userData: first.userData });
    second.program.emit('uncaughtException', new Error('x'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(second.state.exitCode).toBeNull();
    await ended(second);
    writeFileSync(join(first.userData, 'faults.json'), '{"main_failed": [1, "x", nul');
    expect((await startShell({ userData: first.userData })).started).toBe(true);
  });
});

test('Chromium restarts the graphics process; the third time the program restarts without it', async () => {
  const shell = await startShell();
  const gone = () =>
    shell.electron.app.emit(
      'child-process-gone',
      {},
      { type: 'GPU', reason: 'crashed', exitCode: 5, serviceName: '', name: '' },
    );
  gone();
  gone();
  shell.electron.app.emit('child-process-gone', {}, { type: 'Utility', reason: 'killed', exitCode: 9 });
  expect(shell.state.exitCode).toBeNull();
  gone();
  await ended(shell);
  expect(shell.state.relaunch).toEqual({ args: ['--disable-gpu'] });
  expect(existsSync(join(shell.userData, 'queue.db'))).toBe(true);
});
