-- Of an order it is corrected, too, which service it was for, so that another agreement held.
alter table correction
  drop constraint correction_kind_check,
  add constraint correction_kind_check check (kind in ('late-holiday', 'corrected-timestamp', 'wrong-agreement',
    'disputed-pause', 'back-dated-contract', 'exclusion', 'availability', 'order-timestamp', 'order-pause',
    'order-agreement', 'order-exclusion'));
