with costs as (
    select billing_month as usage_month, model_id, billing_currency, team_id, cost, complete_from, is_complete
    from {{ ref('economics.model_life') }}
    where model_id is not null
),

currencies as (
    select usage_month, model_id, array_sort(collect_set(billing_currency)) as of_costs from costs group by all
),

benefits as (
    select
        month as usage_month, model_id, kind, currency, sum(quantity) as quantity, sum(value) as value,
        array_join(array_sort(collect_set(value_assumption)), '; ') as value_assumption
    from {{ ref('economics.benefit_values') }}
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
        costs.complete_from, coalesce(costs.is_complete, true) as is_complete,
        shown.kind, shown.quantity, shown.value, shown.currency, nullif(shown.value_assumption, '') as value_assumption
    from costs
    full outer join shown
        on costs.usage_month = shown.usage_month and costs.model_id = shown.model_id
        and costs.billing_currency = shown.billing_currency
),

counted as (
    select
        *,
        array_union(
            collect_set(if(cost is null, null, billing_currency)) over model,
            collect_set(if(value is null, null, coalesce(currency, ''))) over model
        ) as currencies,
        collect_set(if(value is null, null, coalesce(currency, ''))) over model as of_values
    from joined
    window model as (partition by usage_month, model_id rows between unbounded preceding and unbounded following)
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
            when size(currencies) > 1 and currency = billing_currency and size(of_values) = 1 then 'cost_in_other_currency'
            when size(currencies) > 1 then 'benefit_in_other_currency'
            when not is_complete then 'incomplete'
            else 'measured'
        end as status
    from counted
)

select
    judged.usage_month,
    judged.model_id,
    judged.team_id,
    judged.billing_currency,
    judged.kind as benefit_kind,
    cast(judged.quantity as decimal(38,21)) as benefit_quantity,
    judged.currency as benefit_currency,
    cast(judged.value as decimal(38,21)) as benefit_value,
    judged.value_assumption,
    judged.cost,
    if(judged.status = 'measured', returns.month_roi, null) as roi,
    judged.status,
    judged.complete_from,
    judged.is_complete,
    returns.cumulative_cost as cost_to_date,
    returns.cumulative_benefit as benefit_to_date,
    returns.roi_low as roi_to_date_low,
    returns.roi as roi_to_date,
    returns.roi_high as roi_to_date_high,
    if(returns.payback_month > judged.usage_month, null, returns.payback_month) as payback_month
from judged
left join {{ ref('economics.model_returns') }} as returns
    on returns.subject_kind = 'model' and judged.model_id = returns.subject_id and judged.usage_month = returns.month
    and judged.billing_currency = returns.currency and returns.status = 'measured'
