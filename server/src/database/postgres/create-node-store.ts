import { type Kysely, sql } from 'kysely';
import type { NodeStore } from '../node-store.ts';
import type { Tables } from '../tables.ts';

/** By the database's clock, which all servers share; ms since 1970. */
const NOW = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

/** Each server writes only its own rows, so none waits for another. */
export function createNodeStore(db: Kysely<Tables>): NodeStore {
  return {
    async join(nodeId) {
      await db.insertInto('nodes').values({ id: nodeId, version: 0, seen_ms: NOW }).execute();
    },
    async beat(nodeId, version) {
      const beaten = db.updateTable('nodes').set({ version, seen_ms: NOW }).where('id', '=', nodeId);
      return (await beaten.executeTakeFirst()).numUpdatedRows > 0n;
    },
    async put(nodeId, version, displays) {
      const rows = displays.map(({ deviceId: device_id, since, isConnected, cursor }) => ({
        device_id,
        since,
        connected: isConnected ? 1 : 0,
        cursor,
      }));
      // One text, whatever the number of rows, so that it stays prepared.
      await sql`
        insert into node_displays (node_id, device_id, since, connected, cursor, version)
        select ${nodeId}::text, one.device_id, one.since, one.connected, one.cursor, ${version}::bigint
        from json_to_recordset(${JSON.stringify(rows)}::json)
          as one(device_id text, since text, connected bigint, cursor bigint)
        on conflict (node_id, device_id) do update set
          since = excluded.since, connected = excluded.connected, cursor = excluded.cursor, version = excluded.version
        `.execute(db);
    },
    others: (nodeId) =>
      db
        .selectFrom('nodes')
        .select(['id', 'version'])
        .select(sql<number>`${NOW} - seen_ms`.as('ageMs'))
        .where('id', '!=', nodeId)
        .execute(),
    async displaysOf(nodeId, after) {
      const rows = await db
        .selectFrom('node_displays')
        .innerJoin('devices', 'devices.id', 'node_displays.device_id')
        .select(['devices.id', 'store_id', 'name', 'token_hash', 'since', 'connected', 'node_displays.cursor'])
        .where('node_id', '=', nodeId)
        .where('version', '>', after)
        .execute();
      return rows.map(({ id, store_id, name, token_hash, since, connected, cursor }) => ({
        deviceId: id,
        storeId: store_id,
        name,
        isRevoked: token_hash === null,
        since,
        isConnected: connected === 1,
        cursor,
      }));
    },
    async remove(nodeId) {
      await db.deleteFrom('nodes').where('id', '=', nodeId).execute();
    },
  };
}
