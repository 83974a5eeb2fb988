-- What was settled before; nothing of older runs is fresh (see V1082).
INSERT INTO delivery_cursor (tenant_id, run_id, first_id, last_id, claimed_to, sent, failed, skipped)
SELECT /* all tenants */ r.tenant_id, r.id, COALESCE(MIN(m.id), 1), COALESCE(MAX(m.id), 0), COALESCE(MAX(m.id), 0),
       COALESCE(SUM(m.state = 'SENT'), 0), COALESCE(SUM(m.state = 'FAILED'), 0), COALESCE(SUM(m.state = 'SKIPPED'), 0)
FROM delivery_run r
    LEFT JOIN message m ON m.tenant_id = r.tenant_id AND m.run_id = r.id
GROUP BY r.tenant_id, r.id;
