with receivers as (
    select distinct receiver_kind, receiver_id, short_id from {{ ref('economics.receivers') }}
),

-- the cost of a cost centre is forecast if it has a budget
centres as (
    select distinct scope_value as short_id, billing_currency, budget_id
    from {{ ref('governance.budget_periods') }}
    where scope_kind = 'cost_centre' and period_kind = 'month' and measure = 'money' and cost_basis = 'effective'
)

select
    totals.billing_month,
    totals.receiver_kind,
    totals.receiver_id,
    totals.billing_currency,
    receivers.short_id,
    min(totals.billing_currency) over (partition by totals.billing_month, totals.receiver_id) as first_currency,
    case
        when totals.receiver_kind <> 'cost_centre' then totals.receiver_kind
        when centres.budget_id is not null then 'budget'
    end as scope_kind,
    case totals.receiver_kind when 'company' then null when 'cost_centre' then centres.budget_id else receivers.short_id end as scope_value
from {{ ref('economics.receiver_totals') }} as totals
inner join receivers on totals.receiver_kind = receivers.receiver_kind and totals.receiver_id = receivers.receiver_id
left join centres
    on totals.receiver_kind = 'cost_centre' and receivers.short_id = centres.short_id and totals.billing_currency = centres.billing_currency
