-- since v1.50.0
ALTER TABLE customers ADD COLUMN currency varchar;
