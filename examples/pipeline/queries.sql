-- An executive: how much of the pipeline has a known source, by model?
SELECT m.title AS model, round(sum(b.amount), 2) AS pipeline,
       round(100 * sum(b.attributed * b.amount) / sum(b.amount), 1) AS known_percent
FROM by_channel b JOIN models m ON m.run_id = b.run_id AND m.model = b.model
GROUP BY m.title, m.position ORDER BY m.position;

-- A marketer: which channels open opportunities, and which close them?
SELECT channel_name AS channel,
       round(sum(CASE WHEN model = 'first_touch' THEN amount ELSE 0 END), 2) AS opened,
       round(sum(CASE WHEN model = 'last_touch' THEN amount ELSE 0 END), 2) AS closed
FROM by_channel WHERE attributed = 1
GROUP BY channel_name ORDER BY opened DESC;

-- A salesperson: which contacts of mine were part of the largest opportunities?
SELECT t.contact_id AS contact, count(DISTINCT t.opportunity_id) AS opportunities,
       round(sum(c.amount), 2) AS linear_pipeline
FROM opportunity_touchpoints t
JOIN opportunity_credits c ON c.run_id = t.run_id AND c.pair = t.pair
WHERE c.model = 'linear' AND t.touchpoint_type = 'sales'
GROUP BY t.contact_id ORDER BY linear_pipeline DESC, contact LIMIT 5;

-- A controller: what is unattributed, and why?
SELECT reason, count(*) AS opportunities, round(sum(pipeline_amount), 2) AS pipeline
FROM unattributed_opportunities
GROUP BY reason ORDER BY pipeline DESC;

-- An auditor: from which files and with which options was this made?
SELECT file AS input, bytes, substr(sha256, 1, 12) AS sha256_begins
FROM run_inputs ORDER BY file;
