import type { Bridge, Undo } from '#contract/bridge.ts';
import type { UiStore } from './ui-store.ts';

/** Follows a notification, a menu or a link of the installed app, and closes what is open. */
export function handleNavigation(bridge: Bridge, ui: UiStore): Undo {
  return bridge.on('goTo', (goTo) => {
    const closed = { settings: false, sheet: null, panel: null, pairing: null };
    switch (goTo.to) {
      case 'order':
        // The sheet is visible whatever the page, view or filter; the ticket is selected below it.
        return ui.setState({ ...closed, selected: goTo.orderId, sheet: goTo.orderId });
      case 'settings':
        return ui.setState({ ...closed, settings: true });
      case 'pair':
        return ui.setState({ ...closed, pairing: { serverUrl: goTo.serverUrl, code: goTo.code } });
    }
  });
}
