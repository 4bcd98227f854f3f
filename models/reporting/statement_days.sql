{% import "macros/receivers.sql" %}{% import "macros/cents.sql" %}{% import "macros/lines.sql" %}with charges as (
    select
        x_BillingMonth as billing_month, x_TeamId as team_id, x_ProjectId as project_id, BillingCurrency as billing_currency,
        if(trunc(x_AllocationDate, 'month') = x_BillingMonth, x_AllocationDate, x_BillingMonth) as usage_date,
        sum(EffectiveCost) as effective_cost
    from {{ ref('allocation.allocated_charges') }}
    group by all
),

bookings as (
    select
        x_BillingMonth as billing_month, x_TeamId as team_id, x_ProjectId as project_id, BillingCurrency as billing_currency,
        if(trunc(x_AllocationDate, 'month') = x_BillingMonth, x_AllocationDate, x_BillingMonth) as usage_date,
        coalesce(ChargeDescription, ServiceName) as booking, sum(EffectiveCost) as cost
    from {{ ref('economics.event_charges') }}
    where event_kind in ('credit', 'refund', 'correction')
    group by all
),

received_bookings as (
    {{ received("bookings", "bookings.billing_month", ref('economics.receivers'), "project_id") }}
),

largest as (
    select billing_month, receiver, billing_currency, usage_date, max(struct(abs(cost), booking, cost)) as one
    from (
        select billing_month, receiver, billing_currency, usage_date, booking, sum(cost) as cost
        from received_bookings
        group by all
    )
    group by all
),

received as (
    {{ received("charges", "charges.billing_month", ref('economics.receivers'), "project_id") }}
),

-- what is stated beyond the charges of the month is of its first day
daily_costs as (
    select
        billing_month, receiver.kind as receiver_kind, receiver.id as receiver_id, billing_currency,
        explode(array(
            named_struct('day', usage_date, 'cost', effective_cost), named_struct('day', billing_month, 'cost', -effective_cost)
        )) as daily
    from received
    union all
    select
        billing_month, receiver_kind, receiver_id, billing_currency, named_struct('day', billing_month, 'cost', effective_cost)
    from {{ ref('economics.receiver_costs') }}
),

days as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, daily.day as usage_date, daily.day as position, sum(daily.cost) as cost
    from daily_costs
    group by all
    having sum(daily.cost) <> 0
),

booked as (
    select days.*, one.booking, one.cost as booking_cost
    from days
    left join largest
        on largest.billing_month = days.billing_month and largest.receiver.id = days.receiver_id
        and largest.billing_currency = days.billing_currency and largest.usage_date = days.usage_date
)

select
    {{ receiver() }},
    usage_date,
    cast(cost as decimal(38,21)) as effective_cost,
    {{ cents_of() }} as cost_shown,
    booking,
    cast(booking_cost as decimal(38,21)) as booking_cost
from booked
