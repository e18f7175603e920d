-- What stands for a month is looked for by account too. A planner whose statistics have not met the month yet takes it for a
-- row or two, and then an index of the month alone is as good as any: all of the month is read for each account.
drop index movement_by_period, bill_by_period, bill_by_closing, payment_by_period, late_line_by_held_closing;
create index movement_by_period on movement (organization_id, period_id, account_id);
create index bill_by_period on bill (organization_id, period_id, account_id);
create index bill_by_closing on bill (organization_id, closing_id, account_id);
create index payment_by_period on payment (organization_id, period_id, account_id);
create index late_line_by_held_closing on late_line (organization_id, held_closing_id, account_id);

-- Each house of a closing asks for what changed of its own, and for what changed for all.
create index input_change_by_house on input_change (organization_id, house_id, xid);
-- Workers look every few seconds for bills that are left to make.
create index closing_house_without_bills on closing_house (organization_id, closing_id) where issued_at is null;
