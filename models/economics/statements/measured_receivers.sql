{% import "macros/receivers.sql" %}with moves as (
    select * from {{ ref('economics.measured_moves') }}
),

-- what moved already in the month before, because telemetry began within it, is no change
changes as (
    select billing_month, team_id, project_id, billing_currency, moved_cost from moves
    union all
    select add_months(billing_month, 1), team_id, project_id, billing_currency, -moved_cost
    from moves
    inner join {{ ref('economics.measured_clusters') }} as clusters
        on clusters.cluster_id = moves.cluster_id and clusters.complete_from = add_months(moves.billing_month, 1)
),

received as (
    {{ received("changes", "changes.billing_month", ref('economics.receivers'), "project_id") }}
)

select
    billing_month,
    receiver.kind as receiver_kind,
    receiver.id as receiver_id,
    billing_currency,
    cast(sum(moved_cost) as decimal(38,21)) as moved_cost,
    round(sum(moved_cost), 2) = 0 as is_comparable
from received
group by all
