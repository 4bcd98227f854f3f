with jobs as (
    select
        *,
        str_to_map(alloc_tres, ',', '=') as resources,
        to_timestamp(started) as started_at,
        to_timestamp(ended) as ended_at
    from {{ source('bronze.slurm_jobs') }}
    -- steps are parts of their job; older versions print a start for jobs that were cancelled while they waited
    where job_id_raw not like '%.%' and started is not null and coalesce(node_list, '') <> 'None assigned'
),

-- a record may count the accelerators of a model beside all accelerators
sized as (
    select
        *,
        array_sort(map_keys(map_filter(resources, (name, count) -> name like 'gres/gpu:%'))) as models,
        -- slices and shards of devices, e.g. gres/gpu:a100_1g.5gb: how much of a device one is, the log does not say
        exists(map_keys(resources), name -> name rlike '^gres/(gpu:.*[0-9]g[.]|shard)') as is_sliced,
        regexp_extract(resources['mem'], '^([0-9.]+)([KMGTP]?)', 1) as memory,
        regexp_extract(resources['mem'], '^([0-9.]+)([KMGTP]?)', 2) as memory_unit
    from jobs
)

select
    _source_id as source_id,
    _billing_period as delivered_for,
    'slurm' as scheduler,
    cluster as cluster_id,
    coalesce(job_id, job_id_raw) as workload_id,
    job_id_raw as run_id,
    cast(null as int) as attempt,
    'scheduler job' as workload_kind,
    account as namespace,
    started_at,
    ended_at,
    part_of(state, ' ', 1) as outcome,
    node_list,
    if(
        size(models) = 1 and not is_sliced and coalesce(to_money(resources['gres/gpu']) = to_money(resources[models[0]]), true),
        part_of(models[0], ':', 2), null
    ) as accelerator_model,
    cast(if(is_sliced, null, coalesce(
        to_money(resources['gres/gpu']),
        aggregate(models, cast(0 as decimal(38, 21)), (sum, model) -> plus(sum, to_money(resources[model])))
    )) as decimal(18, 3)) as accelerators,
    cast(to_money(coalesce(resources['cpu'], n_cpus)) as decimal(18, 3)) as cpu_cores,
    -- without a unit, memory is in MiB
    cast(round(cast(to_money(memory) as decimal(18, 3)) * case memory_unit
        when 'K' then 1024bd
        when 'G' then 1073741824bd
        when 'T' then 1099511627776bd
        when 'P' then 1125899906842624bd
        else 1048576bd
    end) as decimal(24, 0)) as memory_bytes,
    map_filter(map(
        'account', account, 'user', user_name, 'group', group_name, 'partition', partition, 'qos', qos,
        'job_name', job_name, 'state', part_of(state, ' ', 1)
    ), (name, value) -> value is not null) as labels
from sized
