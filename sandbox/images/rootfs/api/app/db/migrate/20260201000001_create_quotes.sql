-- since v1.45.0
CREATE TABLE quotes (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  customer_id uuid NOT NULL REFERENCES customers,
  number varchar NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
