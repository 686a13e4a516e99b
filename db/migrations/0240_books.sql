-- Finance: whoever keeps the books sees of customers what concerns money, and nothing of the work (decision 0119). It is a
-- narrowed reach like that of a part: a table shows nothing of itself to it unless it says so here.

-- Whose books: of all customers (`all`), those of the provider itself among them, or of named ones (`named`). Set by the
-- program where the transaction begins.
create function keeps_books() returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('plumbline.books', true), '') <> '' $$;
create function keeps_all_books() returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('plumbline.books', true), '') = 'all' $$;

create or replace function narrowed() returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('plumbline.parts', true), '') <> '' or coalesce(current_setting('plumbline.books', true), '') <> '' $$;

-- A table of money: the books have it, as far as it is of a customer in scope.
create procedure open_to_books(guarded regclass, shown text default 'true') language plpgsql as $$
declare
  part text := (select pg_get_expr(polqual, polrelid) from pg_policy where polrelid = guarded and polname = 'in_part');
begin
  execute format('alter policy in_part on %s using (%s or (select keeps_books()) and %s)', guarded, part, shown);
end $$;

do $$
declare guarded text;
begin
  foreach guarded in array array['contract', 'contract_version', 'contract_private', 'obligation', 'obligation_due',
    'charge_line', 'charge_price', 'volume_reading', 'charge', 'indexation', 'contract_invoicing', 'credit_regime', 'credit_note',
    'service_credit', 'credit_return', 'posting', 'profit_plan', 'labour_rate', 'contract_change', 'contract_change_margin',
    'contract_change_work', 'supplier_contract', 'pool', 'pool_rate', 'capacity_order', 'supplier_invoice', 'appropriation',
    'appropriation_decision', 'budget_line', 'budget_plan', 'budget_entry', 'budget_commitment', 'budget_forecast',
    'budget_forecast_month', 'efficiency_base', 'site', 'service'] loop
    call open_to_books(guarded::regclass);
  end loop;
end $$;
-- Reports of money alone; a service review is none.
call open_to_books('review', $$report in ('R04', 'R05', 'R07', 'R08', 'R16', 'R17', 'R20', 'R39')$$);
call open_to_books('kpi_value', $$kpi in ('K28', 'K49', 'K50', 'K51', 'K52', 'K53', 'K54', 'K60')$$);

-- What was agreed is read by them and written by others. A row stays lockable, so that what hangs on it is written in turn.
create procedure agreed_by_others(guarded regclass) language plpgsql as $$
begin
  execute format('create policy agreed on %s as restrictive for insert to plumbline_limited with check ((select not keeps_books()))', guarded);
  execute format('create policy agreed_stays on %s as restrictive for update to plumbline_limited using (true)
    with check ((select not keeps_books()))', guarded);
  execute format('create policy agreed_is_kept on %s as restrictive for delete to plumbline_limited using ((select not keeps_books()))', guarded);
end $$;
call agreed_by_others('contract');
call agreed_by_others('contract_version');
call agreed_by_others('obligation');
call agreed_by_others('obligation_due');
call agreed_by_others('credit_regime');
call agreed_by_others('contract_change');
call agreed_by_others('contract_change_margin');
call agreed_by_others('contract_change_work');
call agreed_by_others('site');
call agreed_by_others('service');

-- What is nobody's customer: the provider's own budget, for whoever keeps the books of all.
do $$
declare guarded text;
begin
  foreach guarded in array array['appropriation', 'appropriation_decision', 'budget_line', 'budget_plan', 'budget_entry',
    'budget_commitment', 'budget_forecast', 'budget_forecast_month', 'efficiency_base'] loop
    execute format('create policy all_books on %I to plumbline_limited using (customer_id is null and (select keeps_all_books()))
      with check (customer_id is null and (select keeps_all_books()))', guarded);
  end loop;
  -- What holds for every budget: read by all who keep books, written by who keeps those of all.
  foreach guarded in array array['rate_set', 'exchange_rate', 'approval_limit', 'approval_step', 'budget_word'] loop
    execute format('alter policy in_whole on %I using ((select not narrowed() or keeps_books()))', guarded);
    execute format('create policy all_books on %I to plumbline_limited using ((select keeps_all_books())) with check ((select keeps_all_books()))', guarded);
    execute format('grant insert, update, delete on %I to plumbline_limited', guarded);
  end loop;
end $$;
-- Who signs in for a supplier is read with the supplier; both are written by who is there for all customers.
create policy all_books on supplier to plumbline_limited using ((select keeps_all_books())) with check ((select keeps_all_books()));
create policy of_own_suppliers on supplier_person for select to plumbline_limited
  using ((select sees_money('margin')) and exists (select from supplier s where s.id = supplier_person.supplier_id));
create policy all_books on supplier_person to plumbline_limited using ((select keeps_all_books())) with check ((select keeps_all_books()));
grant insert, update, delete on supplier to plumbline_limited;
grant select, insert, delete on supplier_person to plumbline_limited;
revoke update on appropriation_decision, budget_forecast, budget_forecast_month from plumbline_limited;

-- How promises behind ours were kept, as sums alone: whoever sees the cost of a supplier sees what came of it, and no ticket.
create function kept_behind(of_agreement uuid, since date)
returns table (month date, met bigint, missed bigint)
language sql stable security definer set search_path from current as $$
  select date_trunc('month', stopped_at)::date, count(*) filter (where state = 'met'), count(*) filter (where state <> 'met')
  from clock_behind where agreement_id = of_agreement and state in ('met', 'breached-stopped') and stopped_at >= since
    and (sees_money('margin') or current_setting('role', true) in ('plumbline_system', 'plumbline_auditor'))
  group by 1 order by 1 desc
$$;
-- Incidents with a missed target of ours in which the promise behind it was missed, too.
create function missed_with_behind(of_agreement uuid, since date) returns bigint
language sql stable security definer set search_path from current as $$
  select count(distinct b.incident_id) from clock_behind b
  join clock c on c.incident_id = b.incident_id and c.metric = b.metric and c.state = 'breached-stopped'
  where b.agreement_id = of_agreement and b.state = 'breached-stopped' and b.stopped_at >= since
    and (sees_money('margin') or current_setting('role', true) in ('plumbline_system', 'plumbline_auditor'))
$$;
