import type { Menu, MenuItemConstructorOptions } from 'electron';

export type FakeMenu = MenuItemConstructorOptions[];

/** `Menu`, and the application menu, which is missing until it is set. */
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

/** Every entry, including those of submenus. */
export const entriesOf = (menu: FakeMenu): FakeMenu =>
  menu.flatMap((entry) => [entry, ...entriesOf((entry.submenu ?? []) as FakeMenu)]);

/** Presses the keys of an entry. @returns whether something happened */
export function pressIn(menu: FakeMenu, accelerator: string): boolean {
  const entry = entriesOf(menu).find((one) => one.accelerator === accelerator);
  if (!entry || entry.enabled === false) return false;
  (entry.click as (() => void) | undefined)?.();
  return true;
}

/** Clicks an entry in any submenu, if it is enabled. */
export function chooseFrom(menu: FakeMenu, label: string): void {
  const entry = entriesOf(menu).find((one) => one.label === label);
  if (!entry || entry.enabled === false) throw new Error(`the menu has no entry "${label}" to choose`);
  (entry.click as () => void)();
}
