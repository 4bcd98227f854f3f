with costs as (
    select * from {{ ref('economics.monthly_costs') }}
),

closed as (
    select * from {{ source('ops.closed_costs') }}
),

months as (
    select * from {{ source('ops.closed_months') }}
),

charged as (
    select
        coalesce(months.open_month, costs.billing_month) as statement_month,
        months.billing_month as corrected_month,
        costs.*
    from costs
    left join months on months.billing_month = costs.billing_month
),

said as (
    select
        months.open_month as statement_month,
        months.billing_month as corrected_month,
        closed.*
    from closed
    inner join months on months.billing_month = coalesce(closed.correction_of_month, closed.billing_month)
),

entries as (
    select
        statement_month, corrected_month, team_id, billing_currency, source_id, provider, service_category, service,
        project_id, environment, model_id, cost_kind, rule_id, pool_id, is_tagged,
        billed_cost, contracted_cost, effective_cost, list_cost
    from charged
    union all
    select
        statement_month, corrected_month, team_id, billing_currency, source_id, provider, service_category, service,
        project_id, environment, model_id, cost_kind, rule_id, pool_id, is_tagged,
        -billed_cost, -contracted_cost, -effective_cost, -list_cost
    from said
    union all
    select
        billing_month, correction_of_month, team_id, billing_currency, source_id, provider, service_category, service,
        project_id, environment, model_id, cost_kind, rule_id, pool_id, is_tagged,
        billed_cost, contracted_cost, effective_cost, list_cost
    from closed
)

select
    statement_month as billing_month,
    corrected_month as correction_of_month,
    team_id,
    billing_currency,
    source_id,
    provider,
    service_category,
    service,
    project_id,
    environment,
    model_id,
    cost_kind,
    rule_id,
    pool_id,
    is_tagged,
    cast(sum(billed_cost) as decimal(38,21)) as billed_cost,
    cast(sum(contracted_cost) as decimal(38,21)) as contracted_cost,
    cast(sum(effective_cost) as decimal(38,21)) as effective_cost,
    cast(sum(list_cost) as decimal(38,21)) as list_cost
from entries
group by all
having
    corrected_month is null
    or sum(billed_cost) <> 0 or sum(contracted_cost) <> 0 or sum(effective_cost) <> 0 or sum(list_cost) <> 0
