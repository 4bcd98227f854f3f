{% import "macros/arithmetic.sql" %}with by_team as (
    select
        billing_month as usage_month, model_id, team_id, billing_currency, sum(effective_cost) as cost
    from {{ ref('economics.monthly_costs') }}
    where model_id is not null
    group by all
),

costs as (
    select
        usage_month, model_id, billing_currency, sum(cost) as cost,
        array_max(array_sort(array_agg(struct(cost, team_id)))).team_id as team_id
    from by_team
    group by all
),

benefits as (
    select
        to_date(date_trunc('month', month)) as usage_month, model_id, kind, currency,
        sum(quantity) as quantity, sum(value) as value
    from {{ ref('telemetry.model_benefits') }}
    group by all
),

joined as (
    select
        costs.usage_month, costs.model_id, costs.team_id, costs.billing_currency, costs.cost,
        benefits.kind, benefits.quantity, benefits.value,
        sum(benefits.value) over (
            partition by costs.usage_month, costs.model_id, costs.billing_currency
            rows between unbounded preceding and unbounded following
        ) as all_value
    from costs
    left join benefits
        on costs.usage_month = benefits.usage_month and costs.model_id = benefits.model_id
        and costs.billing_currency = benefits.currency
)

select
    usage_month,
    model_id,
    team_id,
    billing_currency,
    kind as benefit_kind,
    cast(quantity as decimal(38, 21)) as benefit_quantity,
    cast(value as decimal(38, 21)) as benefit_value,
    case
        when value is null then null
        when kind = 'revenue' then 'revenue as the table states it'
        else concat(kind, ' at the value the table states')
    end as value_assumption,
    cast(cost as decimal(38, 21)) as cost,
    try_cast({{ divided("less(all_value, cost)", "cost", 9) }} as decimal(18, 9)) as roi,
    if(value is null, 'no value data', 'measured') as status
from joined
