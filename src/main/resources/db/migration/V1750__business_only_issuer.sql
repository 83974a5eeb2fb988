-- The one OpenID provider by which a business lets its people in; null: by any way.
ALTER TABLE business ADD COLUMN only_issuer VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL;
