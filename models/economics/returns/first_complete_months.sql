{% import "macros/node_key.sql" %}with nodes as (
    select cluster_id, provider_resource_id, min(usage_date) as first_day
    from {{ ref('allocation.node_resources') }}
    group by all
),

clusters as (
    select *, min(first_day) over (partition by cluster_id) as known_from from nodes
),

billed as (
    select {{ node_key("ChargeCategory = 'Usage'") }} as node_key, min(x_ChargeDate) as first_day
    from {{ ref('focus.cost_and_usage') }}
    group by all
),

-- clusters of which a node was billed before their telemetry began
known_late as (
    select
        clusters.cluster_id,
        max(date_add(last_day(date_add(clusters.known_from, -1)), 1)) as complete_from
    from clusters
    inner join billed
        on clusters.provider_resource_id = billed.node_key and billed.first_day < clusters.known_from
    group by all
),

workloads as (
    select distinct hours.usage_date, workload_id, known_late.complete_from
    from {{ ref('telemetry.workload_hours') }} as hours
    inner join known_late on hours.cluster_id = known_late.cluster_id
),

uses as (
    select distinct costs.model_id, runs.experiment_id, workloads.complete_from
    from {{ ref('economics.use_costs') }} as costs
    inner join workloads on costs.usage_date = workloads.usage_date and costs.workload_id = workloads.workload_id
    left join {{ ref('economics.run_facts') }} as runs on costs.run_id = runs.run_id
)

select 'model' as subject_kind, model_id as subject_id, max(complete_from) as complete_from
from uses
where model_id is not null
group by all
union all
select 'experiment', experiment_id, max(complete_from)
from uses
where experiment_id is not null
group by all
