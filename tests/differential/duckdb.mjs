// The library against the same SQL in DuckDB: node duckdb.mjs NODE_MODULES WORLDS_PROGRAM HOW_MANY, or
// --large TOUCHPOINTS instead of HOW_MANY: one data set as large as life.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';

const skipped = 77;
const [modules, program, worlds, touchpoints] = process.argv.slice(2);
let duckdb;
try {
    duckdb = createRequire(join(modules, 'nowhere.js'))('@duckdb/node-api');
} catch {
    console.log(`SKIPPED: there is no @duckdb/node-api in ${modules}; ` +
                'npm ci --prefix benchmarks/peers installs it');
    process.exit(skipped);
}

const scratch = mkdtempSync(join(tmpdir(), 'attribution-worlds-'));
process.on('exit', () => rmSync(scratch, { recursive: true }));
const instance = await duckdb.DuckDBInstance.create(join(scratch, 'database'));
const database = await instance.connect();
await database.run('SET integer_division = true');
await database.run(readFileSync(join(import.meta.dirname, 'pipeline.sql'), 'utf8'));
if (worlds === '--large') {
    const tables = join(scratch, 'tables');
    execFileSync(program, [worlds, touchpoints, tables]);
    for (const file of readdirSync(tables))
        await database.run(`COPY ${parse(file).name} FROM '${join(tables, file)}' (HEADER false, NULLSTR '')`);
} else {
    const data = execFileSync(program, [worlds], { maxBuffer: 2 ** 30, encoding: 'utf8' });
    await database.run(`BEGIN; ${data}; COMMIT`);
}

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
console.log(`DuckDB ${(await rows('SELECT version()'))[0][0]}, ` +
            (touchpoints ? `a world of ${touchpoints} touchpoints` : `${worlds} worlds`));
process.exit(agrees ? 0 : 1);
