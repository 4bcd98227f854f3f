with stated as (
    select billing_month, receiver_id, billing_currency, sum(effective_cost) as cost
    from {{ ref('economics.receiver_costs') }}
    group by all
),
used as (
    select billing_month, receiver_id, billing_currency, sum(effective_cost) as cost
    from {{ ref('reporting.statement_uses') }}
    group by all
)
select
    coalesce(stated.billing_month, used.billing_month) as billing_month,
    coalesce(stated.receiver_id, used.receiver_id) as receiver_id,
    coalesce(stated.billing_currency, used.billing_currency) as billing_currency,
    stated.cost, used.cost as cost_of_uses
from stated
full outer join used
    on stated.billing_month = used.billing_month and stated.receiver_id = used.receiver_id
    and stated.billing_currency <=> used.billing_currency
where coalesce(stated.cost, 0) is distinct from coalesce(used.cost, 0)
