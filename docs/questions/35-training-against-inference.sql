-- Finance: which models have cost more in inference than in training so far, and since when?
select
    team_id,
    billing_currency,
    model_id,
    training_to_date_shown,
    inference_to_date_shown,
    other_to_date_shown,
    cost_to_date_shown,
    overtaken_month,
    status
from reporting.statement_model_life
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statement_model_life)
order by overtaken_month nulls last, cost_to_date_shown desc, line_id
