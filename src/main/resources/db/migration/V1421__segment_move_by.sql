-- Who put somebody on a list or took them off it; nothing where no person did.
ALTER TABLE segment_move ADD COLUMN by_name VARCHAR(120) NULL;
