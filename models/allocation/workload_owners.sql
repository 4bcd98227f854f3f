{% import "macros/tags.sql" %}with workloads as (
    select * from {{ ref('telemetry.workload_hours') }}
),

book as (
    select * from {{ ref('allocation.owner_book') }}
),

tagged as (
    select
        workloads.*,
        {{ tag("labels", "team") }} as tag_team,
        {{ tag("labels", "project") }} as tag_project,
        {{ tag("labels", "environment") }} as tag_environment,
        {{ tag("labels", "model") }} as tag_model,
        book.*
    from workloads cross join book
),

matched as (
    select
        *,
        {{ rule("usage_date", "case
                when r.from_tags then array_contains(teams, tag_team)
                when r.kind = 'namespace' then r.value = namespace
                when r.field = 'workload_id' then r.value = workload_id
                else false end") }} as rule
    from tagged
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
    greatest(accelerator_requested_s, accelerator_allocated_s) as accelerator_s,
    accelerator_active_s,
    greatest(cpu_requested_core_s, cpu_used_core_s) as cpu_core_s,
    cast(greatest(memory_requested_byte_s, memory_used_byte_s) / 1073741824 as decimal(38, 9)) as memory_gib_s,
    labels
from matched
