{% import "macros/receivers.sql" %}{% import "macros/lines.sql" %}with costs as (
    select * from {{ ref('economics.receiver_costs') }}
),

bills as (
    select billing_month, billing_currency, sum(billed_cost) as billed, sum(effective_cost) as effective
    from {{ ref('economics.billed_months') }}
    group by all
),

stated as (
    select
        coalesce(correction_of_month, billing_month) as billing_month, billing_currency,
        sum(billed_cost) as billed, sum(effective_cost) as effective
    from costs
    where receiver_kind = 'company'
    group by all
),

receivers as (
    select distinct billing_month, receiver_kind, receiver_id, billing_currency from costs
),

differences as (
    select
        receivers.*,
        posexplode(array(
            named_struct('measure', 'billed_difference', 'money', bills.billed - stated.billed),
            named_struct('measure', 'effective_difference', 'money', bills.effective - stated.effective)
        )) as (position, found)
    from receivers
    left join stated
        on stated.billing_month = receivers.billing_month and stated.billing_currency = receivers.billing_currency
    left join bills on bills.billing_month = receivers.billing_month and bills.billing_currency = receivers.billing_currency
),

faults as (
    select * from {{ ref('economics.record_faults') }}
),

links as (
    select * from faults where cost is not null
),

received_links as (
    {{ received("links", "links.billing_month", ref('economics.receivers')) }}
),

measures as (
    select * from {{ ref('economics.receiver_measures') }}
),

-- how many records are faulty is on the statement of the company, and the cost of unclear links on each
found_faults as (
    select
        billing_month, receiver.kind as receiver_kind, receiver.id as receiver_id, billing_currency, position, measure,
        cast(null as bigint) as records, sum(cost) as cost
    from received_links
    group by all
    union all
    select
        faults.billing_month, receiver_kind, receiver_id, receivers.billing_currency, position, measure, records, null
    from faults
    inner join receivers on receivers.billing_month = faults.billing_month and receivers.receiver_kind = 'company'
    where records is not null
    union all
    select billing_month, receiver_kind, receiver_id, billing_currency, position - 10, measure, null, cost from measures
),

measured as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, cast(position + 1 as int) as position, found.measure as measure,
        cast(round(found.money, 2) as decimal(38,2)) as money_shown, cast(null as decimal(18,9)) as ratio, cast(null as bigint) as records
    from differences
    union all
    select billing_month, receiver_kind, receiver_id, billing_currency, 2 + position, measure, null, ratio, null
    from {{ ref('economics.receiver_owner_shares') }}
    union all
    select
        billing_month, receiver_kind, receiver_id, billing_currency, cast(10 + position as int), measure,
        cast(round(cost, 2) as decimal(38,2)), null, records
    from found_faults
    left semi join receivers
        on receivers.billing_month = found_faults.billing_month and receivers.receiver_id = found_faults.receiver_id
        and receivers.billing_currency = found_faults.billing_currency
)

select
    {{ receiver() }},
    position,
    measure,
    money_shown,
    ratio,
    records
from measured
