import { Component, type ReactNode } from 'react';

/** Delay before the page reloads, long enough that it does not just flicker. */
const RELOAD_AFTER_MS = 15_000;

/**
 * Catches an error in rendering the whole screen. Its text is English, because the texts of the set language may be the cause.
 * A class, because React has no other error boundary.
 */
export class CrashBoundary extends Component<{ children: ReactNode; lead?: string }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    console.error('the screen could not be drawn', error);
    setTimeout(() => location.reload(), RELOAD_AFTER_MS);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <main className="crash" role="alert">
        <h1>The screen stumbled</h1>
        <p>{this.props.lead ?? 'Orders and taps are safe: they are kept by the display program, not by this page.'}</p>
        <button type="button" onClick={() => location.reload()}>
          Reload
        </button>
        <p>Reloads by itself.</p>
      </main>
    );
  }
}
