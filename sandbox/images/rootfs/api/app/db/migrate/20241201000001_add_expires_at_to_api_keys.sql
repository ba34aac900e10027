-- since v1.14.0
ALTER TABLE api_keys ADD COLUMN expires_at timestamptz;
