-- Nearly all messages go from PENDING to SENT. An index over their state was half of what that cost; this one has nothing
-- to do with them, and finds the others: what is due, failed, left out or in doubt.
ALTER TABLE message
    ADD COLUMN odd_state VARCHAR(16) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        GENERATED ALWAYS AS (NULLIF(NULLIF(state, 'PENDING'), 'SENT')) STORED AFTER state,
    DROP KEY ix_message_state,
    ADD KEY ix_message_odd (tenant_id, run_id, odd_state, next_attempt_at);
