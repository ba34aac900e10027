-- since v1.24.0
CREATE TABLE billing_entities (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  organization_id uuid NOT NULL REFERENCES organizations,
  name varchar NOT NULL,
  code varchar NOT NULL,
  UNIQUE (organization_id, code)
);
