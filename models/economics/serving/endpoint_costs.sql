{% import "macros/tokens.sql" %}with uses as (
    select *, to_date(date_trunc('month', usage_date)) as usage_month
    from {{ ref('economics.use_costs') }}
    where use_kind = 'inference'
),

by_team as (
    select
        usage_month, endpoint_id, billing_currency, team_id, array_sort(collect_set(model_id)) as models,
        sum(effective_cost) as cost,
        sum(if(cost_kind = 'shared', effective_cost, 0)) as shared_cost,
        sum(if(cost_kind = 'idle', effective_cost, 0)) as idle_cost,
        sum(if(cost_kind = 'direct', effective_cost, 0)) as direct_cost,
        sum(if(workload_idle_cost is null, 0, effective_cost)) as watched_cost,
        sum(workload_idle_cost) as workload_idle_cost
    from uses
    group by all
),

costs as (
    select
        usage_month, endpoint_id, billing_currency, max(struct(cost, team_id)).team_id as team_id,
        array_distinct(flatten(array_sort(collect_list(models)))) as models,
        sum(cost) as cost, sum(shared_cost) as shared_cost, sum(idle_cost) as idle_cost, sum(direct_cost) as direct_cost,
        sum(watched_cost) as watched_cost, sum(workload_idle_cost) as workload_idle_cost
    from by_team
    group by all
),

bases as (
    select *, less(less(less(cost, shared_cost), idle_cost), workload_idle_cost) as usage_cost from costs
),

joined as (
    select
        coalesce(bases.usage_month, traffic.usage_month) as usage_month,
        coalesce(bases.endpoint_id, traffic.endpoint_id) as endpoint_id,
        if(traffic.endpoint_id is null and size(bases.models) = 1, bases.models[0], traffic.model_id) as model_id,
        bases.* except (usage_month, endpoint_id, models), traffic.* except (usage_month, endpoint_id, model_id)
    from bases
    full outer join {{ ref('economics.token_weights') }} as traffic
        on bases.usage_month = traffic.usage_month and bases.endpoint_id = traffic.endpoint_id
),

rated as (
    select joined.*, rates.* except (usage_month, endpoint_id, prefill_s, decode_s)
    from joined
    left join {{ ref('economics.endpoint_rates') }} as rates
        on joined.usage_month = rates.usage_month and joined.endpoint_id = rates.endpoint_id
)

select
    usage_month,
    endpoint_id,
    model_id,
    team_id,
    billing_currency,
    case
        when cost is null then 'no_cost'
        when endpoint_id is null then 'endpoint_not_named'
        when split_by is null then 'no_traffic'
        else 'measured'
    end as status,
    requests,
    failed_requests,
    input_tokens,
    cached_input_tokens,
    output_tokens,
    prefill_s,
    decode_s,
    split_by,
    input_share,
    output_weight,
    output_weight_by,
    cached_weight,
    cached_weight_by,
    cast(cost as decimal(38, 21)) as cost,
    cast(shared_cost as decimal(38, 21)) as shared_cost,
    cast(idle_cost as decimal(38, 21)) as idle_cost,
    cast(workload_idle_cost as decimal(38, 21)) as workload_idle_cost,
    usage_cost,
    {{ ratio("watched_cost", "direct_cost") }} as idle_coverage_ratio,
    if(split_by is null, null, {{ ratio("usage_cost", "cost") }}) as used_cost_ratio,
    tokens,
    up_s,
    tokens_per_s,
    capacity_tokens_per_s,
    capacity_by,
    capacity_tokens,
    {{ ratio("tokens", "capacity_tokens") }} as utilisation,
    accelerator_active_ratio,
    quotient(cost, requests, 21) as cost_per_request,
    quotient(usage_cost, requests, 21) as usage_cost_per_request,
    estimated_cost_usd,
    quotient(product(estimated_cost_usd, 1000000, 15), tokens, 21) as estimated_usd_per_million_tokens
from rated
