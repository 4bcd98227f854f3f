with records as (
    {{ every_interval() }}
),

-- of a record that several deliveries contain, the newest that has an end counts
ranked as (
    select
        *,
        row_number() over (
            partition by
                scheduler, cluster_id, workload_id, run_id,
                coalesce(cast(attempt as string), cast(started_at as string))
            order by
                ended_at is null, delivered_for desc, ended_at desc, source_id, node_list, namespace, accelerators,
                cpu_cores, memory_bytes, accelerator_model
        ) as copy_no
    from records
),

counted as (
    select
        *,
        try_element_at(endpoint_rules, first_rule(endpoint_conditions, to_date(started_at), map(
            'cluster', cluster_id, 'namespace', namespace, 'workload_id', workload_id, 'scheduler', scheduler,
            'user', labels['user'], 'partition', labels['partition'], 'qos', labels['qos'], 'job_name', labels['job_name']
        ))) as rule
    from ranked
    left join {{ ref('telemetry.endpoint_book') }} on true
    where copy_no = 1
)

-- a job that serves an endpoint is no run; attempts without a number follow the numbers that the source gave
select
    source_id,
    delivered_for,
    scheduler,
    cluster_id,
    workload_id,
    if(rule is null, run_id, null) as run_id,
    coalesce(
        attempt,
        coalesce(max(attempt) over run, 0) + row_number() over (
            partition by scheduler, cluster_id, workload_id, run_id, attempt is null order by started_at
        )
    ) as attempt,
    if(rule is null, workload_kind, 'endpoint') as workload_kind,
    namespace,
    started_at,
    ended_at,
    outcome,
    node_list,
    accelerator_model,
    accelerators,
    cpu_cores,
    memory_bytes,
    if(rule is null, labels, map_concat(
        map_filter(labels, (name, value) -> name not in ('endpoint', 'endpoint_rule')),
        map('endpoint', rule.endpoint_id, 'endpoint_rule', rule.rule_id)
    )) as labels
from counted
window run as (partition by scheduler, cluster_id, workload_id, run_id)
