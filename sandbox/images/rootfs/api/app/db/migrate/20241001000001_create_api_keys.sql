-- since v1.12.0
CREATE TABLE api_keys (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL REFERENCES organizations,
  value varchar NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now()
);
