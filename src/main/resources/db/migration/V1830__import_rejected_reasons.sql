-- Why each row of the piece was left out, two bytes a row: a reason_no of import_reject_reason. Pieces of before have none.
ALTER TABLE import_rejected ADD COLUMN reasons MEDIUMBLOB NULL;
