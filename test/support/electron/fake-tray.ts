import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Menu, MenuItemConstructorOptions, NativeImage, Tray } from 'electron';

/** The tray icon, as a person sees it. */
export interface FakeTray {
  /** Name of the picture that is shown, and whether it is there in both sizes. */
  picture: string;
  sharp: boolean;
  tooltip: string;
  menu: MenuItemConstructorOptions[];
  /** Every picture that was shown, in order. */
  pictures: string[];
  click(): void;
  /** Chooses an entry that can be chosen. */
  choose(label: string): void;
}

interface Picture {
  path: string;
}

/** `Tray`, `Menu` and `nativeImage`, and the icons that are out. @param refused a desktop on which making one throws */
export function fakeTrays(refused: boolean) {
  const trays: FakeTray[] = [];

  const nativeImage = {
    createFromPath: (path: string) => ({ path, isEmpty: () => !existsSync(path) }) as unknown as NativeImage,
  } satisfies Partial<typeof import('electron').nativeImage>;
  const menus = {
    buildFromTemplate: (template: MenuItemConstructorOptions[]) => ({ template }) as unknown as Menu,
  } satisfies Partial<typeof Menu>;

  function open(image: NativeImage): Tray {
    if (refused) throw new Error('Failed to create a status icon');
    const events = new EventEmitter();
    const fake: FakeTray = {
      picture: '',
      sharp: false,
      tooltip: '',
      menu: [],
      pictures: [],
      click: () => void events.emit('click'),
      choose(label) {
        const item = fake.menu.find((one) => one.label === label);
        if (!item || item.enabled === false) throw new Error(`the menu has no entry "${label}" to choose`);
        (item.click as () => void)();
      },
    };
    const methods = {
      setImage(shown) {
        const { path } = shown as unknown as Picture;
        fake.picture = basename(path, '.png');
        fake.sharp = existsSync(path) && existsSync(path.replace(/\.png$/, '@2x.png'));
        fake.pictures.push(fake.picture);
      },
      setToolTip(text) {
        fake.tooltip = text;
      },
      setContextMenu(menu) {
        fake.menu = (menu as unknown as { template: MenuItemConstructorOptions[] }).template;
      },
      destroy: () => void trays.splice(trays.indexOf(fake), 1),
    } satisfies Partial<Tray>;
    methods.setImage(image);
    trays.push(fake);
    return Object.assign(events, methods) as unknown as Tray;
  }

  function construct(image: NativeImage) {
    return open(image);
  }
  return {
    trays,
    nativeImage: nativeImage as unknown as typeof import('electron').nativeImage,
    Menu: menus as unknown as typeof Menu,
    Tray: construct as unknown as typeof Tray,
  };
}
