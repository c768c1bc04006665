import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CACHE_MIGRATIONS } from '#adapters/cache-migrations.ts';
import { openDatabase } from '#adapters/open-database.ts';
import { QUEUE_MIGRATIONS } from '#adapters/queue-migrations.ts';
import { until } from '../support/until.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ticketrail-migration-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A migration that takes long enough to be killed in the middle. */
const SLOW = `CREATE TABLE slow (x TEXT NOT NULL) STRICT;
  INSERT INTO slow WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000000)
    SELECT hex(randomblob(200)) FROM n;`;

it.each([
  ['cache', CACHE_MIGRATIONS, "INSERT INTO notes VALUES ('clock', '\"mine\"')", 'SELECT value AS kept FROM notes'],
  [
    'queue',
    QUEUE_MIGRATIONS,
    "INSERT INTO commands (generation, n, command_id, order_id, type, payload, base_version, issued_at) VALUES (1, 1, 'mine', 'o', 'acknowledge', '{}', 1, '')",
    'SELECT command_id AS kept FROM commands',
  ],
] as const)(
  'a %s killed during a migration is unchanged, and migrates at the next start',
  async (name, all, fill, read) => {
    const file = join(dir, `${name}.db`);
    const first = all.slice(0, 1);
    const old = openDatabase({ file, migrations: first, synchronous: 'FULL' });
    old.exec(fill);
    old.close();

    const script = `import { openDatabase } from '#adapters/open-database.ts';
    openDatabase({ file: ${JSON.stringify(file)}, migrations: ${JSON.stringify([...first, SLOW])}, synchronous: 'FULL' });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
    const ended = once(child, 'exit');
    const written = () => existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 1_000_000;
    await until('the migration writes', written, 15_000, 2);
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);

    const db = openDatabase({ file, migrations: all, synchronous: 'FULL' });
    expect(db.pragma('user_version', { simple: true })).toBe(all.length);
    expect(db.prepare(read).get()).toEqual({ kept: name === 'cache' ? '"mine"' : 'mine' });
    expect(db.prepare("SELECT count(*) AS count FROM sqlite_master WHERE name = 'slow'").get()).toEqual({ count: 0 });
    db.close();
    expect(readdirSync(dir).some((one) => one.includes('.before-2-'))).toBe(true);
  },
);
