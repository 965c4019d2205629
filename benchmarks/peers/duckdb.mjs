// SPDX-License-Identifier: BSL-1.0
// Task T in DuckDB: node duckdb.mjs DIRECTORY ORDER REPETITIONS [THREADS...]
//
// Loads what attribution_workload wrote into DIRECTORY, runs every form of every query once and
// holds its results against ours, then times the best form of each. Prints benchmarks in the format
// of Google Benchmark.
import { DuckDBInstance } from '@duckdb/node-api';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const channels = 12;
const lookback = 90 * 86400;
const pairs = `sales s JOIN touches t ON t.customer = s.customer
               AND t.at BETWEEN s.at - ${lookback} AND s.at`;
// There is no exp2; without the e a number is a decimal and far slower.
const decay = `exp(-(s.at - t.at) * ${(Math.LN2 / (7 * 86400)).toExponential()})`;

// Every query gives rows of (channel or NULL, amount, ...), one amount per model.

// ASOF joins find the touchpoint next to a time; the other end of the window is tested after it.
const asof = (reaches, lies) => `
    SELECT CASE WHEN ${lies} THEN t.channel END AS channel, sum(s.value)
    FROM sales s ASOF LEFT JOIN touches t ON s.customer = t.customer AND ${reaches}
    GROUP BY 1`;

const perSale = (columns) => `
    SELECT s.id, any_value(s.value) AS value, ${columns} FROM ${pairs} GROUP BY s.id`;

// What the channels did not earn is what is left of all value.
const withRest = (query, models = 1) => {
    const names = [...Array(models).keys()].map((i) => `a${i}`);
    const rest = names.map((name) => `(SELECT sum(value) FROM sales) - (SELECT sum(${name}) FROM credited)`);
    return `WITH credited(channel, ${names.join(', ')}) AS MATERIALIZED (${query})
            SELECT * FROM credited UNION ALL SELECT NULL, ${rest.join(', ')}`;
};

const pick = (aggregate) => withRest(`
    SELECT channel, sum(value) FROM (${perSale(`${aggregate}(t.channel, t.at) AS channel`)})
    GROUP BY 1`);

// Every conversion's weights by channel, side by side; then one sum for each channel.
const wide = (weight, share) => {
    const each = [...Array(channels).keys()];
    const columns = each.map((c) => `sum(${weight}) FILTER (t.channel = ${c}) AS c${c}`);
    const sums = each.map((c) => `sum(${share(`c${c}`, c)}) AS c${c}`);
    return withRest(`WITH per_sale AS (${perSale(`${columns.join(', ')}, sum(${weight}) AS total,
                count(*) AS n, arg_min(t.channel, t.at) AS opened, arg_max(t.channel, t.at) AS closed`)}),
            summed AS (SELECT ${sums.join(', ')} FROM per_sale),
            listed AS (SELECT unnest([${each.map((c) => `c${c}`).join(', ')}]) AS amount,
                              unnest(range(${channels})) AS channel FROM summed)
            SELECT channel, amount FROM listed`);
};

// One row per conversion and channel, then the total of each conversion by a window.
const long = (weight) => withRest(`
    WITH weighed AS (
        SELECT s.id, t.channel, any_value(s.value) AS value, sum(${weight}) AS weight
        FROM ${pairs} GROUP BY s.id, t.channel)
    SELECT channel, sum(value * weight / total)
    FROM (SELECT *, sum(weight) OVER (PARTITION BY id) AS total FROM weighed)
    GROUP BY 1`);

// One row per pair, total by a window.
const windowed = (weight) => withRest(`
    SELECT channel, sum(value * weight / total)
    FROM (SELECT t.channel, s.value, ${weight} AS weight,
                 sum(${weight}) OVER (PARTITION BY s.id) AS total FROM ${pairs})
    GROUP BY 1`);

// One row per pair, totals by a join.
const joined = (weight) => withRest(`
    WITH weighed AS MATERIALIZED (SELECT s.id, s.value, t.channel, ${weight} AS weight FROM ${pairs}),
         totals AS (SELECT id, sum(weight) AS total FROM weighed GROUP BY id)
    SELECT channel, sum(value * weight / total) FROM weighed JOIN totals USING (id)
    GROUP BY 1`);

// One list per conversion.
const listed = (weight) => withRest(`
    SELECT channel, sum(part) FROM (
        SELECT unnest(channels) AS channel, unnest(list_transform(weights, w -> value * w / total)) AS part
        FROM (${perSale(`list(t.channel) AS channels, list(${weight}) AS weights, sum(${weight}) AS total`)}))
    GROUP BY 1`);

const position = `CASE WHEN n = 1 THEN 1 WHEN n = 2 THEN 0.5 WHEN i = 1 OR i = n THEN 0.4
                  ELSE 0.2 / (n - 2) END`;
const positionByWindow = withRest(`
    SELECT channel, sum(value * ${position})
    FROM (SELECT t.channel, s.value, row_number() OVER (PARTITION BY s.id ORDER BY t.at) AS i,
                 count(*) OVER (PARTITION BY s.id) AS n FROM ${pairs})
    GROUP BY 1`);
const positionJoined = withRest(`
    WITH paired AS MATERIALIZED (SELECT s.id, s.value, t.at, t.channel FROM ${pairs}),
         ends AS (SELECT id, count(*) AS n, min(paired.at) AS opened, max(paired.at) AS closed
                  FROM paired GROUP BY id)
    SELECT channel, sum(value * CASE WHEN n = 1 THEN 1 WHEN n = 2 THEN 0.5
                                     WHEN paired.at = opened OR paired.at = closed THEN 0.4
                                     ELSE 0.2 / (n - 2) END)
    FROM paired JOIN ends USING (id) GROUP BY 1`);
const positionShare = (weight, c) => {
    const middle = `coalesce(${weight}, 0) - (opened = ${c})::int - (closed = ${c})::int`;
    const ends = `(opened = ${c})::int + (closed = ${c})::int`;
    return `CASE WHEN n <= 2 THEN value * (${ends}) * 0.5
            ELSE value * ((${ends}) * 0.4 + (${middle}) * 0.2 / (n - 2)) END`;
};

const fiveByWindow = withRest(`
    SELECT channel, sum(value) FILTER (i = 1), sum(value) FILTER (i = n), sum(value / n),
           sum(value * ${position}), sum(value * weight / total)
    FROM (SELECT t.channel, s.value, ${decay} AS weight,
                 row_number() OVER (PARTITION BY s.id ORDER BY t.at) AS i,
                 count(*) OVER (PARTITION BY s.id) AS n,
                 sum(${decay}) OVER (PARTITION BY s.id) AS total FROM ${pairs})
    GROUP BY 1`, 5);
const fiveJoined = withRest(`
    WITH weighed AS MATERIALIZED (
             SELECT s.id, s.value, t.at, t.channel, ${decay} AS weight FROM ${pairs}),
         totals AS (SELECT id, count(*) AS n, min(weighed.at) AS opened, max(weighed.at) AS closed,
                           sum(weight) AS total FROM weighed GROUP BY id)
    SELECT channel, sum(value) FILTER (weighed.at = opened), sum(value) FILTER (weighed.at = closed), sum(value / n),
           sum(value * CASE WHEN n = 1 THEN 1 WHEN n = 2 THEN 0.5
                            WHEN weighed.at = opened OR weighed.at = closed THEN 0.4 ELSE 0.2 / (n - 2) END),
           sum(value * weight / total)
    FROM weighed JOIN totals USING (id) GROUP BY 1`, 5);
const fiveWide = () => {
    const each = [...Array(channels).keys()];
    const columns = each.flatMap((c) => [`count(*) FILTER (t.channel = ${c}) AS n${c}`,
                                         `sum(${decay}) FILTER (t.channel = ${c}) AS w${c}`]);
    const rows = each.map((c) => `SELECT ${c} AS channel,
        sum(value) FILTER (opened = ${c}) AS a, sum(value) FILTER (closed = ${c}) AS b,
        sum(value * n${c} / n) AS c, sum(${positionShare(`n${c}`, c)}) AS d,
        sum(value * w${c} / total) AS e FROM per_sale`);
    return withRest(`WITH per_sale AS MATERIALIZED (${perSale(`${columns.join(', ')}, sum(${decay}) AS total,
                count(*) AS n, arg_min(t.channel, t.at) AS opened, arg_max(t.channel, t.at) AS closed`)})
            ${rows.join(' UNION ALL ')}`, 5);
};

const forms = {
    first: [asof(`s.at - ${lookback} <= t.at`, 't.at <= s.at'), pick('arg_min')],
    last: [asof('s.at >= t.at', `t.at >= s.at - ${lookback}`), pick('arg_max')],
    linear: [wide('1', (weight) => `value * ${weight} / total`), long('1'), windowed('1'),
             joined('1'), listed('1')],
    position: [wide('1', positionShare), positionByWindow, positionJoined],
    time_decay: [wide(decay, (weight) => `value * ${weight} / total`), long(decay),
                 windowed(decay), joined(decay), listed(decay)],
    five: [fiveByWindow, fiveJoined, fiveWide()],
};

const [directory, order, repetitions, ...threads] = process.argv.slice(2);
if (threads.length === 0) {
    console.error('usage: node duckdb.mjs DIRECTORY ORDER REPETITIONS THREADS...');
    process.exit(2);
}
const expected = JSON.parse(readFileSync(join(directory, 'results.json'), 'utf8'));
const models = Object.keys(expected);

function check(what, form, rows) {
    const names = what === 'five' ? models : [what];
    const amounts = names.map(() => Array(channels + 1).fill(0));
    for (const [channel, ...earned] of rows)
        names.forEach((_, i) => { amounts[i][channel ?? channels] += earned[i] ?? 0; });
    names.forEach((name, i) => expected[name].forEach((right, c) => {
        const got = amounts[i][c];
        if (!(Math.abs(got - right) <= 1e-9 * Math.abs(right)))
            throw new Error(`DuckDB, ${what}, form ${form + 1}: channel ${c} gets ${got} by ${name} instead of ${right}`);
    }));
}

const instance = await DuckDBInstance.create(':memory:');
const database = await instance.connect();
const path = (name) => join(directory, name).replaceAll("'", "''");
await database.run(`CREATE TABLE touches AS SELECT * FROM read_csv('${path('touches.csv')}',
    columns = {'customer': 'UINTEGER', 'at': 'BIGINT', 'channel': 'UTINYINT'})`);
await database.run(`CREATE TABLE sales AS SELECT row_number() OVER () AS id, * FROM read_csv(
    '${path('sales.csv')}', columns = {'customer': 'UINTEGER', 'at': 'BIGINT', 'value': 'DOUBLE'})`);
const count = async (table) =>
    Number((await database.runAndReadAll(`SELECT count(*) FROM ${table}`)).getRows()[0][0]);
const size = await count('touches');

async function time(what, form) {
    const begin = process.hrtime.bigint();
    const rows = (await database.runAndReadAll(forms[what][form])).getRows();
    const milliseconds = Number(process.hrtime.bigint() - begin) / 1e6;
    check(what, form, rows.map((row) => row.map((cell) => cell === null ? null : Number(cell))));
    return milliseconds;
}

const benchmarks = [];
for (const number of threads) {
    await database.run(`SET threads = ${Number(number)}`);
    const best = {};
    for (const what of Object.keys(forms)) {
        const times = [];
        for (let form = 0; form < forms[what].length; ++form)
            times.push(await time(what, form));
        best[what] = times.indexOf(Math.min(...times));
        console.error(`${order}, ${number} threads, ${what}: ms by form: ${times.map((t) => t.toFixed(0)).join(' ')}`);
    }
    for (let repetition = 0; repetition < Number(repetitions); ++repetition)
        for (const what of Object.keys(forms))
            benchmarks.push({ name: `duckdb/${what}/${order}/${number}/${size}`, form: best[what] + 1,
                              run_type: 'iteration', iterations: 1,
                              real_time: await time(what, best[what]), time_unit: 'ms' });
}
const version = (await database.runAndReadAll('SELECT version()')).getRows()[0][0];
console.log(JSON.stringify({ context: { duckdb: version }, benchmarks }, null, 1));
