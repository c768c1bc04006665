import { describe, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '#contract/settings.ts';
import { chooseFrom, entriesOf } from '#test/support/electron/fake-menu.ts';
import { WAIT } from '#test/support/electron/linked-shell.ts';
import { bridgeOf, startShell } from '#test/support/electron/start-shell.ts';

const RIGHT = { x: 1920, y: 0, width: 1280, height: 984 };
/** Inside the right monitor. */
const PLACE = { x: 2000, y: 60, width: 900, height: 700 };
/** The whole left monitor, with its task bar. */
const ALL_OF_LEFT = { x: 0, y: 0, width: 1920, height: 1080 };
const CENTRED_LEFT = { x: 510, y: 170, width: 900, height: 700 };
const OVEN = { id: 'oven', name: 'Oven', stations: ['oven'], names: [] };

/** The program on two monitors, with a window for a station, both windows on the right monitor. */
async function startOnTwo(platform: NodeJS.Platform, kiosk = false) {
  const shell = await startShell({}, {}, platform);
  shell.machine.monitors.push(RIGHT);
  await set(shell, { stations: [OVEN] });
  const oven = () => entriesOf(shell.menus.application).find(({ label }) => label === 'Oven');
  await vi.waitFor(() => expect(oven()?.enabled).toBe(true), WAIT);
  chooseFrom(shell.menus.application, 'Oven');
  for (const window of shell.windows) window.move(PLACE);
  await vi.waitFor(() => expect(shell.windows).toMatchObject([{ shown: true }, { shown: true }]), WAIT);
  if (kiosk) {
    await set(shell, { desktop: { ...DEFAULT_SETTINGS.desktop, kiosk } });
    await areas(shell, { ...RIGHT, height: 1024 });
  }
  return shell;
}
type Shell = Awaited<ReturnType<typeof startShell>>;
const set = async (shell: Shell, patch: object) =>
  expect(await bridgeOf(shell).call('changeSettings', patch)).toMatchObject({ ok: true });
/** Waits until both windows are there. */
const areas = (shell: Shell, area: object) =>
  vi.waitFor(() => expect(shell.windows.map((window) => window.area())).toEqual([area, area]), WAIT);
const systems = ['linux', 'win32'] as const;

describe('a monitor is pulled out', () => {
  test.each(systems)('on %s its windows are whole on the other one', async (platform) => {
    const shell = await startOnTwo(platform);
    shell.machine.unplug(1);
    await areas(shell, CENTRED_LEFT);
  });

  test.each(systems)('on %s a kiosk fills the one that is left, and ends there', async (platform) => {
    const shell = await startOnTwo(platform, true);
    shell.machine.unplug(1);
    await areas(shell, ALL_OF_LEFT);
    expect(shell.windows).toMatchObject([{ fullScreen: true }, { fullScreen: true }]);
    await set(shell, { desktop: { ...DEFAULT_SETTINGS.desktop, kiosk: false } });
    await areas(shell, CENTRED_LEFT);
  });

  test.each(systems)('on %s a window that was only partly on it is whole', async (platform) => {
    const shell = await startOnTwo(platform);
    for (const window of shell.windows) window.move({ ...PLACE, x: 1700 });
    shell.machine.unplug(1);
    await areas(shell, CENTRED_LEFT);
  });

  test('a window of the other one stays where it is, also half off its edge', async () => {
    const shell = await startOnTwo('linux');
    const [first, second] = shell.windows;
    first?.move({ ...PLACE, x: -400 });
    shell.machine.unplug(1);
    await vi.waitFor(() => expect(second?.area()).toEqual(CENTRED_LEFT), WAIT);
    expect(first?.area()).toEqual({ ...PLACE, x: -400 });
  });

  test('the system does it on macOS', async () => {
    const shell = await startOnTwo('darwin');
    shell.machine.unplug(1);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(shell.windows.map((window) => window.area())).toEqual([PLACE, PLACE]);
  });
});

describe('a monitor gets another resolution', () => {
  const SMALL = { x: 0, y: 0, width: 1024, height: 728 };

  test.each(systems)('on %s a kiosk fills it', async (platform) => {
    const shell = await startOnTwo(platform, true);
    shell.machine.unplug(1);
    shell.machine.change(0, SMALL);
    await areas(shell, { ...SMALL, height: 768 });
  });

  test.each(systems)('on %s a window that is out of reach comes back', async (platform) => {
    const shell = await startOnTwo(platform);
    shell.machine.change(1, { ...SMALL, x: 4_000 });
    await areas(shell, { x: 510, y: 170, width: 900, height: 700 });
  });
});
