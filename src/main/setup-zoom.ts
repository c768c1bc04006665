import { DEFAULT_SETTINGS } from '#contract/settings.ts';
import { onStatus } from './on-status.ts';
import { zoomStep } from './policy/zoom-step.ts';
import type { Shell } from './shell.ts';

/** Ctrl and the wheel change the zoom setting, which applies to every window. @returns changes it by one step, for the menu */
export function setupZoom({ app, display }: Shell): (step: 'in' | 'out' | 'reset') => void {
  let { zoom } = DEFAULT_SETTINGS;
  onStatus(display, ({ settings }) => {
    ({ zoom } = settings);
  });
  const step = (by: 'in' | 'out' | 'reset'): void => {
    // Do not wait for the push, so that two quick steps count as two.
    zoom = zoomStep(zoom, by);
    void display.call('changeSettings', { zoom });
  };
  app.on('web-contents-created', (_, contents) => contents.on('zoom-changed', (_, direction) => step(direction)));
  return step;
}
