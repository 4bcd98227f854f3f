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

currencies as (
    select usage_month, model_id, array_sort(collect_set(billing_currency)) as of_costs from costs group by all
),

benefits as (
    select
        to_date(date_trunc('month', month)) as usage_month, model_id, kind, currency,
        sum(quantity) as quantity, sum(value) as value
    from {{ ref('telemetry.model_benefits') }}
    group by all
),

-- a benefit is in the row of the cost in the same currency; if the model has no cost in this currency, it is in a row of a
-- cost in another currency, so that a statement shows it
shown as (
    select
        benefits.*,
        if(
            currencies.of_costs is null or array_contains(currencies.of_costs, benefits.currency),
            benefits.currency, currencies.of_costs[0]
        ) as billing_currency
    from benefits
    left join currencies on benefits.usage_month = currencies.usage_month and benefits.model_id = currencies.model_id
),

joined as (
    select
        coalesce(costs.usage_month, shown.usage_month) as usage_month, coalesce(costs.model_id, shown.model_id) as model_id,
        costs.team_id, coalesce(costs.billing_currency, shown.billing_currency) as billing_currency, costs.cost,
        shown.kind, shown.quantity, shown.value, shown.currency
    from costs
    full outer join shown
        on costs.usage_month = shown.usage_month and costs.model_id = shown.model_id
        and costs.billing_currency = shown.billing_currency
),

counted as (
    select
        *,
        sum(value) over line as all_value,
        array_union(
            collect_set(if(cost is null, null, billing_currency)) over model,
            collect_set(if(value is null, null, coalesce(currency, ''))) over model
        ) as currencies,
        collect_set(if(value is null, null, coalesce(currency, ''))) over model as of_values
    from joined
    window
        model as (partition by usage_month, model_id rows between unbounded preceding and unbounded following),
        line as (
            partition by usage_month, model_id, billing_currency rows between unbounded preceding and unbounded following
        )
),

-- a return is computed only if all costs and benefits of the model in the month are in one currency
judged as (
    select
        *,
        case
            when cost is null then 'no_cost'
            when kind is null and size(of_values) = 0 then 'no_benefit'
            when kind is not null and value is null then 'no_value'
            when value is not null and currency is null then 'benefit_without_currency'
            when size(currencies) = 1 then 'measured'
            when currency = billing_currency and size(of_values) = 1 then 'cost_in_other_currency'
            else 'benefit_in_other_currency'
        end as status
    from counted
)

select
    usage_month,
    model_id,
    team_id,
    billing_currency,
    kind as benefit_kind,
    cast(quantity as decimal(38,21)) as benefit_quantity,
    currency as benefit_currency,
    cast(value as decimal(38,21)) as benefit_value,
    case
        when value is null then null
        when kind = 'revenue' then 'revenue as the table states it'
        else concat(kind, ' at the value the table states')
    end as value_assumption,
    cast(cost as decimal(38,21)) as cost,
    if(
        status = 'measured', try_cast({{ divided("less(all_value, cost)", "cost", 9) }} as decimal(18, 9)), null
    ) as roi,
    status
from judged
