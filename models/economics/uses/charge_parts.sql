{% import "macros/ledger.sql" %}{% import "macros/uses.sql" %}-- shared cost that a team has as a whole
with charges as (
    select *, cost_kind = 'shared' and use_kind is null and link_problem is null as is_of_team
    from {{ ref('economics.linked_charges') }}
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
    from charges
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

shared as (
    select
        charges.*,
        if(
            is_of_team and team_days.shares is not null, team_days.shares,
            {{ only(use("use_kind", "run_id", "attempt", "endpoint_id", "model_id", "linked_by", "link_problem")) }}
        ) as shares
    from charges
    left join team_days
        on charges.usage_date = team_days.usage_date and charges.team_id = team_days.team_id
        and charges.billing_currency = team_days.billing_currency
),

split as (
    select *, {{ split_over_uses() }} from shared
),

parts as (
    select *, explode({{ zipped_uses() }}) as charge_part from split
)

select
    {{ columns_of_part() }}
from parts
