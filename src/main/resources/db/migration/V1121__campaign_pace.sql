-- exempt: see delivery_run. left_frequency: left out by the frequency cap; quiet_later: mailed after their quiet hours.
ALTER TABLE campaign
    ADD COLUMN exempt BOOLEAN NOT NULL DEFAULT FALSE,
    ADD COLUMN left_frequency BIGINT NULL,
    ADD COLUMN quiet_later BIGINT NULL;
