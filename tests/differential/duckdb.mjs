// The library against the same SQL in DuckDB: node duckdb.mjs NODE_MODULES WORLDS_PROGRAM HOW_MANY
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const skipped = 77;
const [modules, program, worlds] = process.argv.slice(2);
let duckdb;
try {
    duckdb = createRequire(join(modules, 'nowhere.js'))('@duckdb/node-api');
} catch {
    console.log(`SKIPPED: there is no @duckdb/node-api in ${modules}; ` +
                'npm ci --prefix benchmarks/peers installs it');
    process.exit(skipped);
}

const data = execFileSync(program, [worlds], { maxBuffer: 2 ** 30, encoding: 'utf8' });
const instance = await duckdb.DuckDBInstance.create(':memory:');
const database = await instance.connect();
await database.run('SET integer_division = true');
await database.run(readFileSync(join(import.meta.dirname, 'pipeline.sql'), 'utf8'));
await database.run(`BEGIN; ${data}; COMMIT`);

const rows = async (sql) => (await database.runAndReadAll(sql)).getRows();
const count = async (table) => (await rows(`SELECT count(*) FROM ${table}`))[0][0];
let agrees = true;
for (const table of ['ledger', 'report']) {
    await database.run(`CREATE TABLE sql_${table} AS SELECT * FROM ${table}`);
    const [ours, theirs] = [`library_${table}`, `sql_${table}`];
    console.log(`${table}: ${await count(ours)} rows of the library, ${await count(theirs)} of SQL`);
    for (const [who, one, other] of [['library', ours, theirs], ['SQL', theirs, ours]])
        for (const row of await rows(`SELECT * FROM (SELECT * FROM ${one} EXCEPT ALL SELECT * FROM ${other})
                                      ORDER BY 1, 2, 3, 4 LIMIT 20`)) {
            agrees = false;
            console.log(`only ${who}: world ${row.join(' ')}`);
        }
}
console.log(`DuckDB ${(await rows('SELECT version()'))[0][0]}, ${worlds} worlds`);
process.exit(agrees ? 0 : 1);
