-- For how many days after its end an import can be undone, where it is not the usual time.
ALTER TABLE import_job
    ADD COLUMN undo_days SMALLINT NULL;
