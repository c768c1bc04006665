import { freePort } from '#test/support/free-port.ts';
import { startBaseline } from './baseline.ts';
import { newDatabase, sharedRedis } from './shared-servers.ts';
import type { Subject } from './subject.ts';
import { startTicketrail } from './ticketrail.ts';

/** `postgres-2`: two nodes on one database, with Redis; `postgres-2-away`: with a Redis that is away. */
export type SubjectName =
  | 'ticketrail'
  | 'ws-full'
  | 'ws-normal'
  | 'socket-io'
  | 'postgres'
  | 'postgres-2'
  | 'postgres-2-away';

export async function startSubject(name: SubjectName, isProfiled: boolean): Promise<Subject> {
  if (name === 'ws-full') return startBaseline('ws-server', 'FULL');
  if (name === 'ws-normal') return startBaseline('ws-server', 'NORMAL');
  if (name === 'socket-io') return startBaseline('socket-io-server');
  if (name === 'ticketrail') return startTicketrail({ isProfiled });
  const database = await newDatabase();
  if (name === 'postgres') return startTicketrail({ database, isProfiled });
  const redisUrl = name === 'postgres-2' ? await sharedRedis() : `redis://127.0.0.1:${await freePort()}`;
  return startTicketrail({ database, redisUrl, nodes: 2, isProfiled });
}
