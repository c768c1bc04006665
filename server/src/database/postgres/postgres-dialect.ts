import {
  type BinaryOperationNode,
  type DataTypeNode,
  type Dialect,
  OperatorNode,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  type PostgresPool,
  type PostgresPoolClient,
  PostgresQueryCompiler,
  PrimitiveValueListNode,
  ValueListNode,
} from 'kysely';
import type { Pool, PoolClient } from 'pg';
import Cursor from 'pg-cursor';
import { DatabaseUnavailable } from '../database-unavailable.ts';
import { classifyPostgresError, endsSession, isOutdated } from './classify-postgres-error.ts';

/**
 * Kysely's PostgreSQL dialect with additions: it throws `DatabaseUnavailable` when the database fails and not the query; columns
 * of text compare by bytes, as in SQLite, whatever the locale of the database is; a list may be empty; statements stay
 * prepared.
 */
export function postgresDialect(pool: Pool, onFault: (error: unknown) => void): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PostgresDriver({ pool: guardedPool(pool, onFault), cursor: Cursor as never }),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new Compiler(),
  };
}

/** Kysely offers its compiler only as a class. */
class Compiler extends PostgresQueryCompiler {
  /** SQLite takes an empty list, PostgreSQL does not. */
  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    const { operator, rightOperand: list } = node;
    const isEmpty =
      (PrimitiveValueListNode.is(list) || ValueListNode.is(list)) &&
      OperatorNode.is(operator) &&
      list.values.length === 0;
    if (isEmpty) this.append(operator.operator === 'in' ? 'false' : 'true');
    else super.visitBinaryOperation(node);
  }

  protected override visitDataType(node: DataTypeNode): void {
    if (node.dataType === 'text') this.append('text collate "C"');
    else super.visitDataType(node);
  }
}

/** Statements that the server keeps prepared, by their text; there are far fewer unless values are built into it. */
const names = new Map<string, string>();
const KEPT = 500;

/** undefined: there are too many. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= KEPT) return known;
  const name = `t${names.size}`;
  names.set(text, name);
  return name;
}

/**
 * PostgreSQL stores no U+0000 and refuses it in any text, and our schemas let nobody store it. In a query, such as for an id
 * that somebody made up, it becomes a character of which Unicode says that it stands for nothing.
 */
const withoutZeros = (value: unknown): unknown =>
  typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\u{10ffff}') : value;

function guardedPool(pool: Pool, onFault: (error: unknown) => void): PostgresPool {
  const known = new WeakMap<PoolClient, PostgresPoolClient>();

  const outdated: Outdated = { times: 0 };

  function fail(statement: string, error: unknown): never {
    const found = classifyPostgresError(error, statement);
    if (found === 'invalid') throw error;
    onFault(error);
    throw new DatabaseUnavailable(found, error);
  }

  return {
    async connect() {
      const client = await pool.connect().catch((error) => fail('', error));
      const guarded = known.get(client) ?? guardedClient(client, outdated, fail);
      known.set(client, guarded);
      return guarded;
    },
    end: () => pool.end(),
    options: pool.options,
  };
}

/** How often a newer server has changed a table while statements were prepared. From then on all have other names. */
interface Outdated {
  times: number;
}

function guardedClient(
  client: PoolClient,
  outdated: Outdated,
  fail: (statement: string, error: unknown) => never,
): PostgresPoolClient {
  let isLost = false;
  // Also one that is lost between two statements.
  client.on('error', () => {
    isLost = true;
  });
  function failed(statement: string, error: unknown): never {
    isLost ||= endsSession(error);
    return fail(statement, error);
  }

  /** A `begin` is sent with the next statement, or before it if that has parameters: a round trip less. */
  let isBeginning = false;
  /** Whether an error would lose what was done before it. */
  let isInTransaction = false;

  async function query(text: string, parameters: readonly unknown[] = []) {
    // The server has rolled back; the error of a second rollback would hide the first one.
    if (text === 'rollback' && (isLost || isBeginning)) {
      isBeginning = false;
      return { command: 'ROLLBACK', rowCount: 0, rows: [] };
    }
    if (text === 'begin') {
      isBeginning = true;
      return { command: 'BEGIN', rowCount: 0, rows: [] };
    }
    if (!isBeginning) return send(text, parameters);
    if (parameters.length > 0) {
      await begin();
      return send(text, parameters);
    }
    isBeginning = false;
    // An answer for each of the two.
    const answers = (await send(`begin; ${text}`, [])) as unknown as Awaited<ReturnType<typeof send>>[];
    return answers[1] as Awaited<ReturnType<typeof send>>;
  }

  async function begin(): Promise<void> {
    if (!isBeginning) return;
    isBeginning = false;
    await send('begin', []);
  }

  async function send(text: string, parameters: readonly unknown[]) {
    const values = text.startsWith('select') ? parameters.map(withoutZeros) : [...parameters];
    const { times } = outdated;
    const run = () => {
      const name = nameOf(text);
      const ofNow = name && `${name}.${outdated.times}`;
      return client.query(values.length > 0 ? { ...(ofNow && { name: ofNow }), text, values } : text);
    };
    if (/^(begin|start transaction)/.test(text)) isInTransaction = true;
    if (/^(commit|rollback)$/.test(text)) isInTransaction = false;
    return run().catch((error) => {
      if (!isOutdated(error)) return failed(text, error);
      if (outdated.times === times) outdated.times += 1;
      return isInTransaction ? failed(text, error) : run().catch((second) => failed(text, second));
    });
  }

  return {
    query: ((text: string | Cursor, parameters?: readonly unknown[]) =>
      typeof text === 'string'
        ? query(text, parameters)
        : guardedCursor(
            begin(),
            () => client.query(text),
            (error) => failed('stream', error),
          )) as PostgresPoolClient['query'],
    // A connection that was lost is not given to anybody again.
    release: (discard?: boolean) => client.release(discard || isLost),
  };
}

/** @param begun resolves when the cursor may be opened */
function guardedCursor(begun: Promise<void>, open: () => Cursor, fail: (error: unknown) => never) {
  // It may never be read.
  begun.catch(() => undefined);
  let cursor: Cursor | undefined;
  return {
    async read(rows: number) {
      await begun;
      cursor ??= open();
      return cursor.read(rows).catch(fail);
    },
    close: async () => cursor?.close(),
  };
}
