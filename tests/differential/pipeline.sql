-- The pipeline's question in SQL, for SQLite and DuckDB alike (there with integer_division): which
-- touchpoint earned how much of which opportunity, to the last cent? Many data sets at once, told
-- apart by `world`; rows are numbered from 0, as the library numbers them.

CREATE TABLE contacts (world BIGINT, line BIGINT, id TEXT, account TEXT);
CREATE TABLE marketing (world BIGINT, line BIGINT, contact TEXT, channel TEXT, happened BIGINT);
CREATE TABLE outreach (world BIGINT, line BIGINT, contact TEXT, channel TEXT, happened BIGINT);
CREATE TABLE opportunities (world BIGINT, line BIGINT, account TEXT, segment TEXT, created BIGINT,
                            cents BIGINT);

-- What the library says.
CREATE TABLE library_ledger (world BIGINT, model TEXT, opportunity BIGINT, touchpoint BIGINT,
                             cents BIGINT);
CREATE TABLE library_report (world BIGINT, model TEXT, segment TEXT, channel TEXT, cents BIGINT);

-- Of several rows of one person, the first counts. Marketing comes before sales.
CREATE VIEW touchpoints AS
WITH first_contacts AS (
    SELECT world, id, account
    FROM (SELECT world, id, account,
                 row_number() OVER (PARTITION BY world, id ORDER BY line) AS nth FROM contacts)
    WHERE nth = 1),
listed AS (
    SELECT world, line, contact, channel, happened FROM marketing
    UNION ALL
    SELECT o.world, o.line + coalesce(m.number, 0), o.contact, o.channel, o.happened
    FROM outreach o
    LEFT JOIN (SELECT world, count(*) AS number FROM marketing GROUP BY world) m
    ON m.world = o.world)
SELECT l.world AS world, l.line AS line, l.channel AS channel, l.happened AS happened,
       c.account AS account
FROM listed l LEFT JOIN first_contacts c ON c.world = l.world AND c.id = l.contact;

-- Every eligible touchpoint of every opportunity: 90 days back, closed at both ends, in the order
-- (time, row).
CREATE VIEW paths AS
SELECT o.world AS world, o.line AS opportunity, o.cents AS cents, t.line AS touchpoint,
       o.created - t.happened AS age,
       row_number() OVER (PARTITION BY o.world, o.line ORDER BY t.happened, t.line) AS place,
       count(*) OVER (PARTITION BY o.world, o.line) AS places
FROM opportunities o JOIN touchpoints t ON t.world = o.world AND t.account = o.account
WHERE t.happened BETWEEN o.created - 90 * 86400 AND o.created;

-- Weights are whole numbers, in the proportions of the models. Time decay has whole numbers where
-- all ages are whole half-lives.
CREATE VIEW weighed AS
SELECT 'first_touch' AS model, world, opportunity, cents, touchpoint, place, 1 AS weight
FROM paths WHERE place = 1
UNION ALL
SELECT 'last_touch', world, opportunity, cents, touchpoint, place, 1
FROM paths WHERE place = places
UNION ALL
SELECT 'linear', world, opportunity, cents, touchpoint, place, 1 FROM paths
UNION ALL
SELECT 'position_based', world, opportunity, cents, touchpoint, place,
       CASE WHEN places > 2 AND place IN (1, places) THEN 2 * (places - 2) ELSE 1 END
FROM paths
UNION ALL
SELECT 'stepped_time_decay', world, opportunity, cents, touchpoint, place,
       1 << (12 - age / (7 * 86400))
FROM paths
UNION ALL
SELECT 'time_decay', world, opportunity, cents, touchpoint, place, 1 << (12 - age / (7 * 86400))
FROM (SELECT *, max(age % (7 * 86400)) OVER (PARTITION BY world, opportunity) AS rest FROM paths)
WHERE rest = 0;

-- Largest remainder: everybody's whole cents first, then a cent each to those with the largest
-- remainders, the earlier touchpoint first. cents = quotient * total + rest, so that no product is
-- too large. Refunds mirror sales.
CREATE VIEW ledger AS
WITH totals AS (
    SELECT *, sum(weight) OVER (PARTITION BY world, model, opportunity) AS total FROM weighed),
divided AS (
    SELECT *, abs(cents) / total * weight + abs(cents) % total * weight / total AS whole,
           abs(cents) % total * weight % total AS remainder
    FROM totals),
ranked AS (
    SELECT *, abs(cents) - sum(whole) OVER (PARTITION BY world, model, opportunity) AS cents_left,
           row_number() OVER (PARTITION BY world, model, opportunity
                              ORDER BY remainder DESC, place) AS turn
    FROM divided)
SELECT world, model, opportunity, touchpoint,
       CAST((whole + CASE WHEN turn <= cents_left THEN 1 ELSE 0 END) *
            CASE WHEN cents < 0 THEN -1 ELSE 1 END AS BIGINT) AS cents
FROM ranked
UNION ALL
SELECT o.world, m.model, o.line, NULL, o.cents
FROM opportunities o
CROSS JOIN (SELECT 'first_touch' AS model UNION ALL SELECT 'last_touch' UNION ALL SELECT 'linear'
            UNION ALL SELECT 'position_based' UNION ALL SELECT 'stepped_time_decay'
            UNION ALL SELECT 'time_decay') m
LEFT JOIN (SELECT DISTINCT world, opportunity FROM paths) p
ON p.world = o.world AND p.opportunity = o.line
WHERE p.opportunity IS NULL;

CREATE VIEW report AS
SELECT l.world AS world, l.model AS model, o.segment AS segment, t.channel AS channel,
       CAST(sum(l.cents) AS BIGINT) AS cents
FROM ledger l
JOIN opportunities o ON o.world = l.world AND o.line = l.opportunity
LEFT JOIN touchpoints t ON t.world = l.world AND t.line = l.touchpoint
WHERE l.model <> 'time_decay'
GROUP BY l.world, l.model, o.segment, t.channel;
