with providers as (
    select billing_month, provider, sum(effective_cost) as cost, max(last_day) as last_day
    from {{ ref('economics.event_costs') }}
    where kind = 'usage' and last_day is not null
    group by all
),

months as (
    select
        billing_month,
        max(struct(cost, provider, last_day)).last_day as last_day,
        max(billing_month) over () as latest_month
    from providers
    group by all
)

select
    months.billing_month,
    if(
        months.billing_month < latest_month or closed.billing_month is not null, last_day(months.billing_month),
        greatest(months.billing_month, least(last_day, last_day(months.billing_month)))
    ) as last_day
from months
left join {{ source('ops.closed_months') }} as closed on closed.billing_month = months.billing_month
