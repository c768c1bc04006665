import { randomUUID } from 'node:crypto';
import type { WebContents } from 'electron';
import { IPC_PUSH } from '#contract/ipc.ts';
import type { Notice } from '#contract/notice.ts';

/** Shows a notice on one page, if it is still open. */
export function tellPage(page: WebContents, notice: Omit<Notice, 'id'>): void {
  if (!page.isDestroyed()) page.send(IPC_PUSH, 'notice', { id: randomUUID(), ...notice });
}
