-- What was known at a past moment. Rows that were corrected since are few; those that stand have indexes of their own, so
-- that explaining a closed month reads no more than charging it did.

create index fact_by_house_corrected on fact (organization_id, house_id, kind) where not upper_inf(known);
create index account_service_by_house_corrected on account_service (organization_id, house_id) where not upper_inf(known);
