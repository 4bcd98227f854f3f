-- Finance: would the traffic of my endpoints be cheaper at a vendor, and from which use on is it not?
select
    team_id,
    billing_currency,
    endpoint_id,
    api_model,
    cost_per_million_tokens,
    api_cost_per_million_tokens,
    utilisation,
    break_even_utilisation,
    input_tokens + output_tokens as tokens,
    break_even_tokens
from reporting.statement_endpoints
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statement_endpoints)
    and api_cost_per_million_tokens is not null
order by team_id, billing_currency, position
