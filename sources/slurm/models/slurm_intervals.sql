-- a requeued record, and one in a state that is not known, held its nodes all the same
select
    _source_id as source_id,
    _billing_period as delivered_for,
    'slurm' as scheduler,
    cluster_id,
    job_id as workload_id,
    run_id,
    cast(null as int) as attempt,
    'scheduler job' as workload_kind,
    account as namespace,
    started_at,
    ended_at,
    state as outcome,
    node_list,
    accelerator_model,
    accelerators,
    cpus as cpu_cores,
    memory_bytes,
    map_filter(map(
        'account', account, 'user', user_name, 'group', group_name, 'partition', queue, 'qos', qos, 'job_name', job_name,
        'state', state,
        'slices', if(slices > 0, cast(cast(slices as bigint) as string), null),
        'correction', correction
    ), (name, value) -> value is not null) as labels
from {{ ref('telemetry.slurm_records') }}
where left_out is null
    or left_out not in ('step of a job', 'did not start', 'is not between 2000 and 2099', 'holds more than any cluster has')
