with billed as (
    select billing_month, billing_currency, sum(billed_cost) as billed, sum(effective_cost) as effective
    from {{ ref('economics.billed_months') }}
    group by all
),

stated as (
    select
        coalesce(correction_of_month, billing_month) as billing_month, billing_currency,
        sum(billed_cost) as billed, sum(effective_cost) as effective
    from {{ ref('economics.statement_costs') }}
    group by all
)

select
    coalesce(billed.billing_month, stated.billing_month) as billing_month,
    coalesce(billed.billing_currency, stated.billing_currency) as billing_currency,
    billed.billed, stated.billed as stated_billed, billed.effective, stated.effective as stated_effective
from billed
full outer join stated
    on billed.billing_month = stated.billing_month and billed.billing_currency = stated.billing_currency
where
    coalesce(billed.billed, 0) is distinct from coalesce(stated.billed, 0)
    or coalesce(billed.effective, 0) is distinct from coalesce(stated.effective, 0)
