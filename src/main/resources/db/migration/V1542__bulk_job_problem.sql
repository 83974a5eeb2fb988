-- Why a job could not go on and what to do, in the words of who began it; with state REFUSED.
ALTER TABLE bulk_job ADD COLUMN problem VARCHAR(500) NULL;
