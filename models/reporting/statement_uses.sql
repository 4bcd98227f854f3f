{% import "macros/receivers.sql" %}{% import "macros/cents.sql" %}{% import "macros/lines.sql" %}with purposes as (
    select * from {{ ref('economics.monthly_purposes') }}
),

costs as (
    select * from {{ ref('economics.statement_costs') }}
),

-- what a statement states beyond the charges of its month are corrections of closed months
entries as (
    select billing_month, team_id, project_id, billing_currency, used_for, effective_cost as cost
    from purposes
    union all
    select billing_month, team_id, project_id, billing_currency, 'correction', effective_cost
    from costs
    union all
    select billing_month, team_id, project_id, billing_currency, 'correction', -effective_cost
    from purposes
),

stated as (
    select billing_month, team_id, project_id, billing_currency, used_for, sum(cost) as cost
    from entries
    group by all
    having used_for <> 'correction' or sum(cost) <> 0
),

received as (
    {{ received("stated", "stated.billing_month", ref('economics.receivers'), "project_id") }}
),

sums as (
    select
        billing_month, receiver.kind as receiver_kind, receiver.id as receiver_id, billing_currency, used_for,
        cast(sum(cost) as decimal(38,21)) as cost
    from received
    group by all
),

-- what no record explains comes last
lines as (
    select
        latest.*,
        if(
            measured.receiver_id is null or latest.used_for not in ('training', 'inference', 'notebooks', 'compute', 'platform'),
            before.cost, null
        ) as previous,
        cast(row_number() over (
            partition by latest.billing_month, latest.receiver_id, latest.billing_currency
            order by
                if(latest.used_for in ('compute', 'platform', 'correction'), array_position(array('compute', 'platform', 'correction'), latest.used_for), 0),
                latest.cost desc, latest.used_for
        ) as int) as position
    from sums as latest
    left join sums as before
        on before.billing_month = add_months(latest.billing_month, -1)
        and before.receiver_id = latest.receiver_id and before.billing_currency = latest.billing_currency
        and before.used_for = latest.used_for
    left join {{ ref('economics.measured_receivers') }} as measured
        on measured.billing_month = latest.billing_month
        and measured.receiver_id = latest.receiver_id and measured.billing_currency = latest.billing_currency
)

select
    {{ receiver() }},
    position,
    {{ line_id("'f'") }} as line_id,
    used_for,
    cost as effective_cost,
    {{ cents_of() }} as cost_shown,
    cast(round(previous, 2) as decimal(38,2)) as previous_shown,
    {{ share_of_total() }} as share_ratio
from lines
