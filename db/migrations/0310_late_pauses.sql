-- A pause that was forgotten is recorded late: it counts from when it was, once somebody else has approved of its evidence.
alter table correction
  drop constraint correction_kind_check,
  add constraint correction_kind_check check (kind in ('late-holiday', 'corrected-timestamp', 'wrong-agreement',
    'disputed-pause', 'late-pause', 'back-dated-contract', 'exclusion', 'availability', 'order-timestamp', 'order-pause',
    'order-agreement', 'order-exclusion'));
