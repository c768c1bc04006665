import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import { dialectOf } from './dialect-of.ts';
import type { Dialect } from './migration.ts';
import { runCompiled } from './sqlite-dialect.ts';
import type { Tables } from './tables.ts';

/** Stands where a value goes. */
class Slot {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A statement that is built and compiled once for each dialect, and then runs with other values: Kysely takes longer to build one
 * than SQLite to run it. For what every order, change and tap runs; elsewhere a plain query is easier to read.
 *
 * @param build builds it. Values stand only where parameters may, and decide nothing else: only the names of the first ones are
 * known to it
 * @returns runs it with values of the same names; resolves to the rows
 */
export function hotStatement<Values extends object, Row>(
  build: (db: Kysely<Tables>, values: Values) => Compilable<Row>,
): (db: Kysely<Tables>, values: Values) => Promise<Row[]> {
  const compiled = new Map<Dialect, CompiledQuery<Row>>();

  function compile(db: Kysely<Tables>, values: Values): CompiledQuery<Row> {
    const slots = Object.fromEntries(Object.keys(values).map((name) => [name, new Slot(name)]));
    return build(db, slots as Values).compile();
  }

  return async (db, values) => {
    const dialect = dialectOf(db);
    const query = compiled.get(dialect) ?? compile(db, values);
    compiled.set(dialect, query);
    const parameters = query.parameters.map((one) => (one instanceof Slot ? valueFor(values, one) : one));
    return runCompiled(db, { ...query, parameters });
  };
}

/** A database would take a value that is missing for null. */
function valueFor(values: object, { name }: Slot): unknown {
  const value = values[name as never];
  if (value === undefined) throw new Error(`a statement has no value for ${name}`);
  return value;
}
