/** On, off, on; ms. Shorter than the pause between two rings. */
const PULSES = [200, 100, 200];

export interface Vibration {
  /** Vibrates once; does nothing where the device cannot, and before the first tap or key on the page. */
  pulse(): void;
  /** Ends a pulse early. */
  stop(): void;
}

/** Whether the browser offers vibration. Desktop browsers do so without a motor. */
export const canVibrate = (): boolean => 'vibrate' in navigator;

export function createVibration(): Vibration {
  // Before the first tap or key the browser refuses, and logs an error each time.
  const vibrate = (pattern: number[]) =>
    canVibrate() && navigator.userActivation.hasBeenActive && navigator.vibrate(pattern);
  return { pulse: () => void vibrate(PULSES), stop: () => void vibrate([]) };
}
