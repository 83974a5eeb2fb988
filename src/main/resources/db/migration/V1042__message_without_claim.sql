-- What was in hand when this version was installed: nobody holds it any more.
UPDATE /* all tenants */ message
SET changed_at = IF(state = 'TRANSMITTING', UTC_TIMESTAMP(6), changed_at),
    detail = IF(state = 'TRANSMITTING', 'The sender ended before the answer of the mail server was kept', detail),
    state = IF(state = 'TRANSMITTING', 'IN_DOUBT', 'PENDING')
WHERE state IN ('CLAIMED', 'TRANSMITTING');
