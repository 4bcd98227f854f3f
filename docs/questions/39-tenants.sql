-- Finance: what does each tenant cost, and how much of its prompts comes from a cache?
select
    team_id,
    billing_currency,
    tenant_id,
    requests,
    input_tokens + output_tokens as tokens,
    cost_shown,
    share_ratio,
    cost_per_million_tokens,
    cached_ratio,
    seconds_per_request
from reporting.statement_tenants
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statement_tenants)
order by team_id, billing_currency, position
