import type { Bridge, Undo } from '#contract/bridge.ts';
import { NOTHING_OPEN, type UiStore } from './ui-store.ts';

/** Follows a notification, a menu or a link of the installed app, and closes what is open. */
export function handleNavigation(bridge: Bridge, ui: UiStore): Undo {
  return bridge.on('goTo', (goTo) => {
    switch (goTo.to) {
      case 'order':
        // The sheet is visible whatever the page, view or filter; the ticket is selected below it.
        return ui.setState({ ...NOTHING_OPEN, selected: goTo.orderId, sheet: goTo.orderId });
      case 'settings':
        return ui.setState({ ...NOTHING_OPEN, settings: true });
      case 'pair':
        return ui.setState({ ...NOTHING_OPEN, pairing: { serverUrl: goTo.serverUrl, code: goTo.code } });
    }
  });
}
