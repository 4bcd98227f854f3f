with costs as (
    select billing_month, billing_currency, commitment_id, sum(effective_cost) as cost
    from {{ ref('economics.commitment_costs') }}
    where commitment_id is not null
    group by all
),
lines as (
    select billing_month, billing_currency, breakdown, commitment_id, effective_cost as cost
    from {{ ref('reporting.statement_commitments') }}
    where receiver_kind = 'company' and breakdown <> 'service'
),
printed as (
    select
        costs.billing_month, costs.billing_currency, 'commitment' as breakdown, lines.commitment_id, sum(costs.cost) as cost
    from costs
    left join lines
        on lines.billing_month = costs.billing_month and lines.billing_currency = costs.billing_currency
        and lines.commitment_id = costs.commitment_id and lines.breakdown = 'commitment'
    group by all
    union all
    select billing_month, billing_currency, 'user', null, sum(cost)
    from costs
    group by all
),
stated as (
    select billing_month, billing_currency, breakdown, if(breakdown = 'user', null, commitment_id) as commitment_id, sum(cost) as cost
    from lines
    group by all
)
select
    coalesce(printed.billing_month, stated.billing_month) as billing_month,
    coalesce(printed.breakdown, stated.breakdown) as breakdown,
    coalesce(printed.commitment_id, stated.commitment_id) as commitment_id, printed.cost, stated.cost as stated
from printed
full join stated
    on stated.billing_month = printed.billing_month and stated.billing_currency = printed.billing_currency
    and stated.breakdown = printed.breakdown and stated.commitment_id <=> printed.commitment_id
where coalesce(printed.cost, 0) <> coalesce(stated.cost, 0)
