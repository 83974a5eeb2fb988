-- Where the messages of a run lie and how far they were given out. Their ids are one range without gaps, first_id to
-- last_id (last_id < first_id while there are none). Workers take them from the front: those up to claimed_to were taken
-- once. Whoever is to be tried again is found by message.odd_state. The counts are of what is settled, folded in from a
-- claim when it ends; a row of its own, as the run's is written by everybody who opens a mail.
CREATE TABLE delivery_cursor (
    tenant_id  BIGINT NOT NULL,
    run_id     BIGINT NOT NULL,
    first_id   BIGINT NOT NULL,
    last_id    BIGINT NOT NULL,
    claimed_to BIGINT NOT NULL,
    sent       BIGINT NOT NULL DEFAULT 0,
    failed     BIGINT NOT NULL DEFAULT 0,
    skipped    BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, run_id),
    CONSTRAINT fk_delivery_cursor_run FOREIGN KEY (tenant_id, run_id) REFERENCES delivery_run (tenant_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
