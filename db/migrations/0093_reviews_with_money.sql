-- A review tells of money only where whoever ordered it may see such figures; then it is read by nobody else of ours, and at
-- the customer's by their contract side.
alter table review add column money text not null default '' check (money in ('', 'charges', 'margin'));
create policy commercial on review as restrictive to plumbline_staff, plumbline_limited
  using (money = '' or (select sees_money('margin')) or (money = 'charges' and (select sees_money('charges'))));
create policy commercial_for_customers on review as restrictive for select to plumbline_customer
  using (money = '' or (money = 'charges' and (select sees_money('charges'))));
grant select (money) on review to plumbline_customer;

-- Versions count on, whoever may read those before.
create function next_review_version(of_customer uuid, of_month date, of_report text, of_editions text[]) returns integer
  language sql stable security definer set search_path from current as
  $$ select coalesce(max(version), 0) + 1 from review
     where customer_id = of_customer and month = of_month and report = of_report and edition = any(of_editions) $$;
revoke execute on function next_review_version from public;
grant execute on function next_review_version to plumbline_staff, plumbline_limited, plumbline_system;
