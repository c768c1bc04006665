import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { NativeImage, Tray } from 'electron';
import { chooseFrom, type FakeMenu, templateOf } from './fake-menu.ts';

/** The tray icon, as a person sees it. */
export interface FakeTray {
  /** Name of the current picture, and whether it exists in both sizes. */
  picture: string;
  sharp: boolean;
  tooltip: string;
  menu: FakeMenu;
  /** Every picture so far, in order. */
  pictures: string[];
  /** How often a click has opened the menu. */
  opened: number;
  click(): void;
  /** Clicks an enabled entry. */
  choose(label: string): void;
}

/** `Tray` and `nativeImage`, and the icons in the tray. @param refused a desktop on which creating one throws */
export function fakeTrays(refused: boolean, platform: NodeJS.Platform) {
  const trays: FakeTray[] = [];

  const nativeImage = {
    createFromPath: (path: string) => ({ path, isEmpty: () => !existsSync(path) }) as unknown as NativeImage,
  } satisfies Partial<typeof import('electron').nativeImage>;

  function open(image: NativeImage): Tray {
    if (refused) throw new Error('Failed to create a status icon');
    const events = new EventEmitter();
    const fake: FakeTray = {
      ...{ picture: '', sharp: false, tooltip: '', menu: [], pictures: [], opened: 0 },
      click() {
        if (platform === 'darwin' && fake.menu.length > 0) fake.opened++;
        events.emit('click');
      },
      choose: (label) => chooseFrom(fake.menu, label),
    };
    const methods = {
      setImage(shown) {
        const { path } = shown as unknown as { path: string };
        fake.picture = basename(path, '.png');
        fake.sharp = existsSync(path) && existsSync(path.replace(/\.png$/, '@2x.png'));
        fake.pictures.push(fake.picture);
      },
      setToolTip: (tooltip) => void Object.assign(fake, { tooltip }),
      setContextMenu: (menu) => void Object.assign(fake, { menu: templateOf(menu) }),
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
    Tray: construct as unknown as typeof Tray,
  };
}
