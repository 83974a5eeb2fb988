-- Whether it goes out regardless of quiet hours and the frequency cap, and does not count towards the cap.
ALTER TABLE delivery_run
    ADD COLUMN exempt BOOLEAN NOT NULL DEFAULT FALSE;
