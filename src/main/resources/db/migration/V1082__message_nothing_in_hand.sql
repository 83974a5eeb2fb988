-- What was in hand when this version was installed, nobody holds any more; what still waited is found as what is tried
-- again, as the ids of older runs need not be one range.
UPDATE /* all tenants */ message m
    LEFT JOIN delivery_claim c ON c.tenant_id = m.tenant_id AND c.fence = m.fence
SET m.changed_at = IF(c.begun_to >= m.id, UTC_TIMESTAMP(6), m.changed_at),
    m.detail = IF(c.begun_to >= m.id, 'The sender ended before the answer of the mail server was kept', m.detail),
    m.next_attempt_at = IF(c.begun_to >= m.id, NULL, UTC_TIMESTAMP(6)),
    m.state = IF(c.begun_to >= m.id, 'IN_DOUBT', 'RETRY_AT')
WHERE m.state = 'CLAIMED';
UPDATE /* all tenants */ message SET state = 'RETRY_AT', next_attempt_at = UTC_TIMESTAMP(6) WHERE state = 'PENDING';
DELETE /* all tenants */ FROM delivery_claim;
