import type { App } from 'electron';
import { DEFAULT_SETTINGS } from '#contract/settings.ts';
import type { Display } from '#core/display.ts';
import { onStatus } from './on-status.ts';
import { zoomStep } from './policy/zoom-step.ts';

/** Ctrl and the wheel, and the menu, are the setting: it is kept, and every window has it. @returns one step of it */
export function setupZoom(app: App, display: Pick<Display, 'call' | 'onPush'>): (step: 'in' | 'out' | 'reset') => void {
  let { zoom } = DEFAULT_SETTINGS;
  onStatus(display, ({ settings }) => {
    ({ zoom } = settings);
  });
  const step = (by: 'in' | 'out' | 'reset'): void => {
    // Before the push that follows, so that two quick steps are two.
    zoom = zoomStep(zoom, by);
    void display.call('changeSettings', { zoom });
  };
  app.on('web-contents-created', (_, contents) => contents.on('zoom-changed', (_, direction) => step(direction)));
  return step;
}
