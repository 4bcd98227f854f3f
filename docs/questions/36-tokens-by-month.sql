-- Finance: what did a million tokens cost each month, with idle and shared cost and without?
select
    history_month,
    team_id,
    billing_currency,
    input_tokens + output_tokens as tokens,
    cost_per_million_tokens,
    usage_cost_per_million_tokens,
    utilisation,
    cached_ratio
from reporting.statement_inference_months
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statement_inference_months)
order by team_id, billing_currency, history_month
