-- Platform engineer: which endpoints cost most, how well are they used, and what do their requests and tokens cost?
select
    team_id,
    billing_currency,
    endpoint_id,
    model_id,
    status,
    cost_shown,
    usage_shown,
    utilisation,
    try_cast(effective_cost / nullif(requests, 0) as decimal(18, 9)) as cost_per_request,
    cost_per_million_input_tokens,
    cost_per_million_cached_tokens,
    cost_per_million_output_tokens
from reporting.statement_endpoints
where receiver_kind = 'team' and billing_month = (select max(billing_month) from reporting.statement_endpoints)
    and members = 1
order by cost_shown desc nulls last, line_id
