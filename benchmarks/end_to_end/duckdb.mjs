// SPDX-License-Identifier: BSL-1.0
// One model's table by channel in DuckDB, from the files that copies.py wrote:
//     node duckdb.mjs PEERS DIRECTORY THREADS
// PEERS is where `npm ci` has put DuckDB. Prints the seconds that it took, the most memory that the
// process had, and the table, as JSON. The model is linear over the 90 days before an opportunity.
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';

const [peers, directory, threads] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(join(resolve(peers), 'package.json'))('@duckdb/node-api');

const file = (name) => `read_csv('${join(directory, name)}', header = true, all_varchar = true)`;
const missing = (column) => `CASE WHEN ${column} IN ('', 'null', 'NULL') THEN NULL ELSE ${column} END`;

const begin = performance.now();
const database = await DuckDBInstance.create(':memory:', { threads });
const connection = await database.connect();
await connection.run(`
    CREATE TABLE touches AS
    SELECT ${missing('account_id')} AS account, channel_name AS channel,
           CAST(touchpoint_date AS TIMESTAMP) AS at
    FROM ${file('touchpoints.csv')}`);
await connection.run(`
    CREATE TABLE sales AS
    SELECT opportunity_id AS id, ${missing('account_id')} AS account,
           CAST(pipeline_amount AS DECIMAL(18, 9)) AS value,
           CAST("Opportunity_Created_Date" AS TIMESTAMP) AS at
    FROM ${file('de_hw_opportunity_data.csv')}`);
const answer = await connection.runAndReadAll(`
    WITH sales_by_row AS (SELECT *, row_number() OVER () AS row FROM sales),
         pairs AS (
             SELECT s.row, s.value, t.channel, count(*) OVER (PARTITION BY s.row) AS n
             FROM sales_by_row s JOIN touches t
               ON t.account = s.account AND t.at BETWEEN s.at - INTERVAL 90 DAY AND s.at)
    SELECT channel, sum(CAST(value AS DOUBLE) / n) AS credit FROM pairs GROUP BY 1 ORDER BY 2 DESC`);
const table = Object.fromEntries(answer.getRows().map(([channel, credit]) => [channel, credit]));
console.log(JSON.stringify({
    seconds: (performance.now() - begin) / 1000,
    megabytes: process.resourceUsage().maxRSS / 1024,
    table,
}));
