{% import "macros/arithmetic.sql" %}{% import "macros/lines.sql" %}with budgets as (
    select
        *,
        min(period_start) over (partition by budget_id, trunc(period_start, 'year') order by period_start) as year_from,
        sum(amount) over (partition by budget_id, trunc(period_start, 'year') order by period_start) as year_amount,
        sum(actual) over (partition by budget_id, trunc(period_start, 'year') order by period_start) as year_actual
    from {{ ref('governance.budget_status') }}
    where period_kind = 'month' and measure = 'money' and cost_basis = 'effective'
),

receivers as (
    select distinct receiver_kind, receiver_id, short_id from {{ ref('economics.receivers') }}
),

stated as (
    select totals.billing_month, totals.receiver_kind, totals.receiver_id, budgets.*
    from {{ ref('economics.receiver_totals') }} as totals
    inner join receivers on totals.receiver_kind = receivers.receiver_kind and totals.receiver_id = receivers.receiver_id
    inner join budgets
        on budgets.scope_kind = receivers.receiver_kind and budgets.scope_value <=> receivers.short_id
        and budgets.period_start = totals.billing_month and budgets.billing_currency = totals.billing_currency
)

select
    {{ receiver() }},
    budget_id,
    budget_name,
    cast(round(amount, 2) as decimal(38,2)) as amount_shown,
    actual as effective_cost,
    cast(round(actual, 2) as decimal(38,2)) as cost_shown,
    cast(round(amount, 2) - round(actual, 2) as decimal(38,2)) as remaining_shown,
    share_used,
    year_from,
    cast(round(year_amount, 2) as decimal(38,2)) as year_amount_shown,
    cast(round(year_actual, 2) as decimal(38,2)) as year_cost_shown,
    cast({{ divided("year_actual", "year_amount", 9) }} as decimal(18,9)) as year_share_used
from stated
