with hours as (
    select * from {{ ref('allocation.node_weights') }}
),

periods as (
    select
        provider_resource_id, usage_date, hour_start as period_start, true as of_hour, method, share_id, team_id,
        project_id, environment, model_id, workload_id, rule_id, cost_kind, tags, weight, unused_weight
    from hours
    union all
    select
        provider_resource_id, usage_date, cast(usage_date as timestamp) as period_start, false as of_hour,
        max(method) as method, share_id, team_id, project_id, environment, model_id, workload_id, rule_id, cost_kind,
        max(tags) as tags, sum(weight) as weight, sum(unused_weight) as unused_weight
    from hours
    group by all
),

-- a share id has several rows in a period if, for example, the owner or the project of a workload changes within the day
numbered as (
    select
        *,
        row_number() over (
            partition by provider_resource_id, period_start, of_hour
            order by share_id, team_id, project_id, environment, model_id, workload_id, rule_id, cost_kind
        ) - rank() over (partition by provider_resource_id, period_start, of_hour order by share_id) as namesakes_before
    from periods
)

select
    provider_resource_id,
    period_start,
    of_hour,
    concat('node-', max(method)) as method_id,
    array_sort(collect_list(struct(
        if(namesakes_before = 0, share_id, concat(share_id, '#', namesakes_before + 1)) as share_id,
        team_id, project_id, environment, model_id, workload_id, rule_id, cost_kind, tags,
        cast(weight as decimal(38, 18)) as weight,
        cast(unused_weight as decimal(38, 18)) as unused_weight
    ))) as shares
from numbered
group by all
