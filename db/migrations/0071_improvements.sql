-- Improvements (DOMAIN §2.7): what is wrong, what we believe, what it was before, and how the benefit is seen.
create table improvement (
  id uuid primary key,
  -- Null: the provider's own.
  customer_id uuid references customer,
  problem text not null check (length(problem) between 1 and 2000),
  hypothesis text check (length(hypothesis) between 1 and 2000),
  theme text not null check (theme in
    ('quality', 'efficiency', 'zero-distance', 'digital', 'bureaucracy', 'experience', 'sustainability')),
  benefit_type text not null check (benefit_type in ('cashable', 'time', 'risk', 'experience')),
  owner_id uuid references person,
  -- The figure that it is measured by, with the stored value of a month before anything was done.
  kpi text check (kpi ~ '^K\d{2}$'),
  kpi_part text check (kpi_part in ('customer', 'site', 'service', 'team', 'site-type')),
  kpi_of text check (length(kpi_of) <= 200),
  baseline_month date check (extract(day from baseline_month) = 1),
  baseline_numerator bigint,
  baseline_denominator bigint,
  baseline_value double precision,
  check ((kpi is null) = (kpi_part is null) and (kpi is null) = (kpi_of is null)),
  check ((baseline_month is null) = (baseline_value is null)),
  target_value double precision,
  -- Where no figure says it: what was agreed beforehand to count as proof.
  agreed_evidence text check (length(agreed_evidence) between 1 and 2000),
  cost_minor bigint check (cost_minor >= 0),
  cost_currency text check (cost_currency ~ '^[A-Z]{3}$'),
  check ((cost_minor is null) = (cost_currency is null)),
  state text not null default 'idea' check (state in ('idea', 'assessed', 'approved', 'plan', 'do', 'check', 'standardised',
    'benefit-verified', 'closed', 'stopped')),
  -- What was found while it was checked.
  findings text check (length(findings) between 1 and 4000),
  started_at timestamptz,
  stop_reason text check (length(stop_reason) between 1 and 2000),
  check ((state = 'stopped') = (stop_reason is not null)),
  -- By what the benefit was seen: a signal of the figure, or the evidence that was agreed.
  proof text check (proof in ('signal', 'evidence')),
  proof_month date,
  proof_pattern text check (proof_pattern in ('outside', 'run', 'drift', 'outer')),
  proof_value double precision,
  evidence text check (length(evidence) between 1 and 4000),
  verified_by uuid,
  verified_at timestamptz,
  check (state not in ('benefit-verified', 'closed') or (proof is not null and verified_at is not null)),
  check (proof is distinct from 'signal' or (proof_month is not null and proof_pattern is not null)),
  check (proof is distinct from 'evidence' or (agreed_evidence is not null and evidence is not null)),
  -- Confirmed by another than who owns it.
  check (verified_by is null or verified_by is distinct from owner_id),
  origin_kind text check (length(origin_kind) between 1 and 40),
  origin_id uuid,
  origin_key text check (length(origin_key) between 1 and 200),
  origin_part text check (length(origin_part) between 1 and 200),
  check ((origin_kind is null) = (origin_id is null and origin_key is null)),
  origin_label text check (length(origin_label) between 1 and 400),
  -- Whether the customer reads it.
  shared boolean not null default false,
  made_by uuid,
  made_at timestamptz not null,
  version integer not null default 1
);
create index improvement_newest on improvement (made_at desc, id desc);
create index improvement_origin on improvement (origin_kind, origin_id) where origin_kind is not null;
call isolate_by_customer('improvement');
create policy shared_ones on improvement as restrictive for select to plumbline_customer using (shared);
-- Cost, owner and origin are the provider's affair.
grant select (id, customer_id, problem, hypothesis, theme, benefit_type, kpi, kpi_part, kpi_of, baseline_month,
  baseline_numerator, baseline_denominator, baseline_value, target_value, agreed_evidence, state, started_at, proof,
  proof_month, proof_pattern, proof_value, verified_at, shared, made_at, version) on improvement to plumbline_customer;
call narrow_to_parts('improvement', 'false');
