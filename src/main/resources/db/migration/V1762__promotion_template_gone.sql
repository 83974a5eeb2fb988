-- A promotion whose mail was deleted names none any more.
UPDATE promotion
SET announce_template = CASE
        WHEN EXISTS (SELECT 1 FROM mail_template t WHERE t.tenant_id = promotion.tenant_id AND t.id = promotion.announce_template)
            THEN announce_template END,
    thank_template = CASE
        WHEN EXISTS (SELECT 1 FROM mail_template t WHERE t.tenant_id = promotion.tenant_id AND t.id = promotion.thank_template)
            THEN thank_template END
WHERE announce_template IS NOT NULL OR thank_template IS NOT NULL;
