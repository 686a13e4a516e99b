-- Reports of money: credits, margin, budget, money asked for, suppliers, obligations, renewals, efficiency, contract changes.
alter table review drop constraint review_report_check,
  add constraint review_report_check
    check (report in ('R01', 'R03', 'R04', 'R05', 'R07', 'R08', 'R14', 'R15-gm', 'R15-cfo', 'R16', 'R17', 'R18', 'R19', 'R20',
      'R31', 'R32', 'R35', 'R38', 'R39'));
alter table report_schedule drop constraint report_schedule_report_check,
  add constraint report_schedule_report_check
    check (report in ('R01', 'R03', 'R04', 'R05', 'R07', 'R08', 'R14', 'R15-gm', 'R15-cfo', 'R16', 'R17', 'R18', 'R19', 'R20',
      'R31', 'R32', 'R35', 'R38', 'R39'));
