{% import "macros/arithmetic.sql" %}{% import "macros/tags.sql" %}with pods as (
    select
        usage_date, hour_start, scheduler, cluster_id, node_id, provider_resource_id, workload_id, namespace, workload_kind,
        accelerator_model,
        greatest(accelerator_requested_s, accelerator_allocated_s) as accelerator_s,
        accelerator_active_s,
        greatest(cpu_requested_core_s, cpu_used_core_s) as cpu_core_s,
        greatest(memory_requested_byte_s, memory_used_byte_s) as memory_byte_s,
        labels
    from {{ ref('telemetry.workload_hours') }}
    where scheduler = 'kubernetes'
),

-- only jobs on a node that is joined with its bill; one row for all attempts of a job
attempts as (
    select
        hours.usage_date, hours.hour_start, hours.scheduler, hours.cluster_id, hours.node_id, nodes.provider_resource_id,
        hours.workload_id,
        max(struct(run_id, attempt, namespace, workload_kind, to_json(labels) as labels)) as last,
        max(struct(coalesce(accelerator_allocated_s, 0) as accelerator_s, hours.accelerator_model)).accelerator_model as accelerator_model,
        sum(accelerator_allocated_s) as accelerator_s,
        sum(cpu_requested_core_s) as cpu_core_s,
        sum(memory_requested_byte_s) as memory_byte_s
    from {{ ref('telemetry.workload_hours') }} as hours
    inner join {{ ref('allocation.job_nodes') }} as nodes
        on hours.hour_start = nodes.hour_start and hours.scheduler = nodes.scheduler
        and hours.cluster_id = nodes.cluster_id and hours.node_id = nodes.node_id
    where {{ has_intervals() }} and hours.scheduler <> 'kubernetes' and nodes.provider_resource_id is not null
    group by all
),

jobs as (
    select
        usage_date, hour_start, scheduler, cluster_id, node_id, provider_resource_id, workload_id, last.namespace,
        last.workload_kind, accelerator_model, accelerator_s, cast(null as decimal(38, 9)) as accelerator_active_s, cpu_core_s,
        memory_byte_s, from_json(last.labels, 'map<string,string>') as labels
    from attempts
),

workloads as (
    select workloads.*, book.*
    from (select * from pods union all select * from jobs) as workloads
    cross join {{ ref('allocation.rule_book') }} as book
),

tagged as (
    select
        *,
        {{ found_tags("labels") }}
    from workloads
),

normalised as (
    select
        *,
        {{ meant_tags() }}
    from tagged
),

matched as (
    select
        *,
        try_element_at(owner_rules, first_rule(owner_conditions, usage_date, map(
            'cluster', cluster_id, 'namespace', namespace, 'workload_id', workload_id, 'workload_kind', workload_kind,
            'scheduler', scheduler, 'user', labels['user'], 'partition', labels['partition'], 'qos', labels['qos'],
            'team', tag_team, 'project', tag_project, 'environment', tag_environment, 'model', tag_model, 'endpoint', tag_endpoint,
            'team_is_known', cast(array_contains(teams, tag_team) as string)
        ))) as rule
    from normalised
)

select
    usage_date,
    hour_start,
    cluster_id,
    node_id,
    provider_resource_id,
    workload_id,
    accelerator_model,
    coalesce(if(rule.from_tags, tag_team, rule.team_id), last_resort_team) as team_id,
    coalesce(rule.project_id, tag_project) as project_id,
    coalesce(rule.environment, tag_environment) as environment,
    coalesce(rule.model_id, tag_model) as model_id,
    coalesce(rule.rule_id, 'last_resort') as rule_id,
    cast(accelerator_s as decimal(38, 9)) as accelerator_s,
    accelerator_active_s,
    cast(cpu_core_s as decimal(38, 9)) as cpu_core_s,
    {{ gib("memory_byte_s") }} as memory_gib_s,
    labels
from matched
