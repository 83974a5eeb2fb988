-- Whether a business may work: an operator suspended it, or its owner asked for its deletion.
ALTER TABLE business
    ADD COLUMN suspended_at     DATETIME(6)  NULL,
    ADD COLUMN suspended_reason VARCHAR(500) NULL,
    ADD COLUMN delete_at        DATETIME(6)  NULL,
    ADD COLUMN delete_asked_by  VARCHAR(120) NULL,
    -- Of the node that is removing it: lets another one go on when it stops.
    ADD COLUMN delete_beat_at   DATETIME(6)  NULL;
