{% import "macros/uses.sql" %}with linked as (
    select * from {{ ref('economics.linked_costs') }}
),

-- shared cost that a team has as a whole
is_shared as (
    select *, cost_kind = 'shared' and use_kind is null and link_problem is null as is_of_team from linked
),

-- what each use of a team bears before shared cost
borne as (
    select
        usage_date, team_id, billing_currency,
        if(
            use_kind is null, {{ use() }},
            {{ use("use_kind", "run_id", "attempt", "endpoint_id", "model_id", "'team'") }}
        ) as used_by,
        sum(effective_cost) as cost
    from linked
    where cost_kind in ('direct', 'idle')
    group by all
),

team_days as (
    select
        usage_date, team_id, billing_currency,
        array_sort(collect_list(struct(used_by, cast(greatest(cost, 0) as decimal(38, 18)) as weight))) as shares
    from borne
    group by all
    having max(cost) > 0 and count(used_by.use_kind) > 0
),

apart as (
    select
        is_shared.*,
        if(
            is_of_team and team_days.shares is not null, team_days.shares,
            {{ only(use("use_kind", "run_id", "attempt", "endpoint_id", "model_id", "linked_by", "link_problem")) }}
        ) as shares
    from is_shared
    left join team_days
        on is_shared.usage_date = team_days.usage_date and is_shared.team_id = team_days.team_id
        and is_shared.billing_currency = team_days.billing_currency
),

split as (
    select *, {{ split_over_uses() }} from apart
),

parts as (
    select *, explode({{ zipped_uses() }}) as part from split
)

select
    {{ columns_of_part() }},
    cast(sum(part.billed) as decimal(38, 21)) as billed_cost,
    cast(sum(part.contracted) as decimal(38, 21)) as contracted_cost,
    cast(sum(part.effective) as decimal(38, 21)) as effective_cost,
    cast(sum(part.listed) as decimal(38, 21)) as list_cost,
    cast(sum(part.on_demand) as decimal(38, 21)) as on_demand_cost,
    cast(sum(part.workload_idle) as decimal(38, 21)) as workload_idle_cost
from parts
group by all
