{% import "macros/cents.sql" %}{% import "macros/lines.sql" %}with costs as (
    select * from {{ ref('economics.receiver_costs') }}
),

line_costs as (
    select
        billing_month,
        receiver_kind,
        receiver_id,
        billing_currency,
        effective_cost as cost,
        correction_of_month,
        explode(filter(array(
            named_struct('breakdown', 'bridge', 'letter', 'b', 'name',
                coalesce(concat('correction ', date_format(correction_of_month, 'yyyy-MM')), cost_kind)),
            named_struct('breakdown', 'project', 'letter', 'p', 'name', project_id),
            named_struct('breakdown', 'provider', 'letter', 'c', 'name', provider),
            named_struct('breakdown', 'service', 'letter', 's', 'name', service),
            named_struct('breakdown', 'environment', 'letter', 'e', 'name', environment),
            named_struct('breakdown', 'model', 'letter', 'm', 'name', model_id),
            named_struct('breakdown', 'team', 'letter', 't', 'name', team_id),
            named_struct('breakdown', 'owner', 'letter', 'n', 'name', if(rule_id <=> 'last_resort', 'last_resort', 'owned'))
        ), one -> if(one.breakdown = 'owner', receiver_kind in ('cost_centre', 'company'), one.breakdown <> 'team' or receiver_kind <> 'team'))) as line
    from costs
),

sums as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, line.breakdown, line.letter, line.name,
        if(line.breakdown = 'bridge', correction_of_month, null) as correction_of_month,
        sum(cost) as cost
    from line_costs
    group by all
),

measured as (
    select * from {{ ref('economics.measured_receivers') }}
),

-- where telemetry began, only lines compare into or out of which it moved nothing
compared as (
    select
        sums.*,
        measured.receiver_id is null or (measured.is_comparable and case breakdown
            when 'provider' then true
            when 'service' then true
            when 'team' then coalesce(teams.is_comparable, true)
            else false
        end) as is_comparable
    from sums
    left join measured
        on measured.billing_month = sums.billing_month
        and measured.receiver_id = sums.receiver_id and measured.billing_currency = sums.billing_currency
    left join measured as teams
        on sums.breakdown = 'team' and teams.receiver_kind = 'team' and teams.receiver_id = sums.name
        and teams.billing_month = sums.billing_month and teams.billing_currency = sums.billing_currency
),

ranked as (
    select
        latest.*,
        before.cost as previous,
        row_number() over (
            partition by latest.billing_month, latest.receiver_id, latest.billing_currency, latest.breakdown
            order by
                if(latest.breakdown = 'bridge',
                    coalesce(
                        nullif(array_position(array('direct', 'shared', 'idle', 'unallocated', 'credit', 'tax'), latest.name), 0),
                        99
                    ), 0),
                latest.correction_of_month, latest.cost desc, latest.name
        ) as line_rank,
        count(*) over (partition by latest.billing_month, latest.receiver_id, latest.billing_currency, latest.breakdown) as line_count
    from compared as latest
    left join sums as before
        on before.billing_month = add_months(latest.billing_month, -1)
        and before.receiver_id = latest.receiver_id and before.billing_currency = latest.billing_currency
        and before.breakdown = latest.breakdown and before.name <=> latest.name
),

folded as (
    select
        billing_month, receiver_kind, receiver_id, billing_currency, breakdown, letter,
        {{ folded(10, "breakdown <> 'bridge'") }} as position,
        {{ of_one("name") }} as name,
        cast(count(*) as int) as members,
        max(correction_of_month) as correction_of_month,
        sum(cost) as cost,
        if(bool_and(is_comparable), sum(previous), null) as previous,
        bool_and(is_comparable) as is_comparable
    from ranked
    group by all
)

select
    {{ receiver() }},
    breakdown,
    position,
    {{ line_id("letter") }} as line_id,
    name,
    members,
    correction_of_month,
    cast(cost as decimal(38,21)) as effective_cost,
    {{ cents_of("cost", "billing_month, receiver_id, billing_currency, breakdown") }} as cost_shown,
    cast(round(previous, 2) as decimal(38,2)) as previous_shown,
    {{ share_of_total("billing_month, receiver_id, billing_currency, breakdown") }} as share_ratio,
    is_comparable
from folded
