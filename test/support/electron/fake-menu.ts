import type { Menu, MenuItemConstructorOptions } from 'electron';

export type FakeMenu = MenuItemConstructorOptions[];

/** `Menu`, and the application's own, which has none before one is set. */
export function fakeMenus() {
  const state: { application: FakeMenu } = { application: [] };
  const methods = {
    buildFromTemplate: (template: FakeMenu) => ({ template }) as unknown as Menu,
    setApplicationMenu(menu: Menu | null) {
      state.application = templateOf(menu);
    },
  } satisfies Partial<typeof Menu>;
  return { Menu: methods as unknown as typeof Menu, state };
}

export const templateOf = (menu: Menu | null): FakeMenu =>
  (menu as unknown as { template: FakeMenu } | null)?.template ?? [];

/** Every entry, those of menus inside menus too. */
export const entriesOf = (menu: FakeMenu): FakeMenu =>
  menu.flatMap((entry) => [entry, ...entriesOf((entry.submenu ?? []) as FakeMenu)]);

/** Chooses an entry, wherever it stands, if it can be chosen. */
export function chooseFrom(menu: FakeMenu, label: string): void {
  const entry = entriesOf(menu).find((one) => one.label === label);
  if (!entry || entry.enabled === false) throw new Error(`the menu has no entry "${label}" to choose`);
  (entry.click as () => void)();
}
