-- A payment that staff took back: it had been posted by mistake, or never came.
alter table payment drop constraint payment_state_known, drop constraint payment_posted_when_succeeded;
alter table payment
  add column reversal_reason text,
  add constraint payment_state_known check (state in (
    'CREATED', 'PENDING', 'SUCCEEDED', 'FAILED', 'EXPIRED', 'CANCELED', 'REVIEW', 'REFUNDED', 'REVERSED')),
  add constraint payment_posted_when_succeeded check ((state in ('SUCCEEDED', 'REFUNDED', 'REVERSED')) = (posted_at is not null)),
  add constraint payment_reversal_says_why check ((state = 'REVERSED') = (reversal_reason is not null));
comment on column payment.reversal_reason is 'Why staff took it back.';
