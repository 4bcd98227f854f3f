-- Finance: have the benefits of each model paid for its cost, in the month and to date, and since which month is that known?
select distinct
    team_id,
    billing_currency,
    model_id,
    cost_shown,
    roi,
    complete_from,
    cost_to_date_shown,
    benefit_to_date_shown,
    roi_to_date,
    payback_month
from reporting.statement_value
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statement_value)
order by roi_to_date desc nulls last, cost_shown desc, model_id
