with workloads as (
    select distinct hours.usage_date, workload_id, clusters.complete_from
    from {{ ref('telemetry.workload_hours') }} as hours
    inner join {{ ref('economics.measured_clusters') }} as clusters on hours.cluster_id = clusters.cluster_id
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
