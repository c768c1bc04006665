import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** In memory where the system has such a folder, because the fuzz tests the order of writes, not the disk. */
const SHELF = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** @param parent its parent folder, instead of the default */
export const newFolder = (parent = SHELF): string => mkdtempSync(join(parent, 'ticketrail-fuzz-'));
export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });
