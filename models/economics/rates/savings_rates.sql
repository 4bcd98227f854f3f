{% import "macros/commitments.sql" %}with costs as (
    select *, part in ('used', 'not_covered') as is_usage from {{ ref('economics.commitment_costs') }}
),

sums as (
    select
        billing_month, billing_currency, provider,
        sum(effective_cost) as effective_cost,
        sum(if(is_usage, contracted_cost, 0)) as contracted_cost,
        sum(if(is_usage, list_cost, 0)) as list_cost
    from costs
    group by all
)

select
    billing_month,
    billing_currency,
    provider,
    cast(effective_cost as decimal(38, 21)) as effective_cost,
    cast(contracted_cost as decimal(38, 21)) as contracted_cost,
    cast(list_cost as decimal(38, 21)) as list_cost,
    {{ savings_rate("list_cost", "effective_cost") }} as esr_list,
    {{ savings_rate("contracted_cost", "effective_cost") }} as esr_contracted
from sums
