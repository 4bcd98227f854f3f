{% import "macros/arithmetic.sql" %}{% import "macros/tags.sql" %}with workloads as (
    select workloads.*, book.*
    from {{ ref('telemetry.workload_hours') }} as workloads
    cross join {{ ref('allocation.rule_book') }} as book
    -- jobs of other schedulers are not joined with bills, so they take no part in the cost of nodes and pools
    where workloads.scheduler = 'kubernetes'
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
            'team', tag_team, 'project', tag_project, 'environment', tag_environment, 'model', tag_model,
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
    greatest(accelerator_requested_s, accelerator_allocated_s) as accelerator_s,
    accelerator_active_s,
    greatest(cpu_requested_core_s, cpu_used_core_s) as cpu_core_s,
    {{ gib("greatest(memory_requested_byte_s, memory_used_byte_s)") }} as memory_gib_s,
    labels
from matched
