{% import "sources/slurm/macros/slurm_values.sql" %}
with lines as (
    select
        *,
        stated_start < timestamp '1971-01-01 00:00:00Z' as is_start_unset,
        stated_end < timestamp '1971-01-01 00:00:00Z' as is_end_unset
    from {{ ref('telemetry.slurm_lines') }}
),

-- clocks that contradict each other, or were not set: as in XDMoD, the end counts, and the start is the end less the elapsed time
clocks as (
    select
        *,
        case
            when is_end_unset then 'end'
            when stated_start is null or is_start_unset then 'start'
            when stated_end < stated_start then 'order'
        end as fault,
        if(is_end_unset or is_start_unset or stated_start is null or stated_end < stated_start,
            make_dt_interval(0, 0, 0, {{ elapsed_seconds("elapsed") }}), null) as lasted
    from lines
),

timed as (
    select
        *,
        case
            when fault in ('start', 'order') and lasted > interval '0' second then stated_end - lasted
            when fault = 'order' then coalesce(stated_end - lasted, stated_start)
            when is_start_unset then null
            else stated_start
        end as started_at,
        if(is_end_unset, if(is_start_unset, null, stated_start + lasted), stated_end) as ended_at
    from clocks
),

sized as (
    select
        *,
        device_counts(coalesce(alloc_tres, ''), coalesce(gres, '')) as gpu,
        regexp_extract(alloc_tres, '(?:^|,)mem=([0-9.]+)([KMGTP]?)', 1) as memory,
        regexp_extract(alloc_tres, '(?:^|,)mem=([0-9.]+)([KMGTP]?)', 2) as memory_unit,
        to_money(coalesce(n_cpus, nullif(regexp_extract(alloc_tres, '(?:^|,)cpu=([0-9.]+)', 1), ''))) as stated_cpus
    from timed
)

select
    _source_id,
    _billing_period,
    _source_file,
    _file_no,
    _row,
    job_id,
    job_id_raw as run_id,
    coalesce(cluster, '') as cluster_id,
    partition as queue,
    qos,
    account,
    group_name,
    user_name,
    submitted_at,
    started_at,
    ended_at,
    state,
    node_list,
    try_cast(stated_cpus as decimal(18, 3)) as cpus,
    try_cast(gpu.devices as decimal(18, 3)) as gpus,
    try_cast(gpu.slices as decimal(18, 3)) as slices,
    -- how much of a device a slice is, the log does not say
    try_cast(if(gpu.devices > gpu.slices or gpu.slices = 0, less(gpu.devices, gpu.slices), null) as decimal(18, 3)) as accelerators,
    gpu.model as accelerator_model,
    -- without a unit, memory is in MiB
    try_cast(round(try_cast(to_money(memory) as decimal(18, 3)) * case memory_unit
        when 'K' then 1024bd
        when 'G' then 1073741824bd
        when 'T' then 1099511627776bd
        when 'P' then 1125899906842624bd
        else 1048576bd
    end) as decimal(24, 0)) as memory_bytes,
    job_name,
    case
        when started_at is null or ended_at is null then null
        when fault = 'end' then 'its end was not recorded: it is the start plus Elapsed'
        when fault = 'start' then 'its start was not recorded: it is the end less Elapsed'
        when fault = 'order' and lasted is not null then 'it ended before it started: its start is its end less Elapsed'
    end as correction,
    case
        when job_id like '%.%' or job_id_raw like '%.%' then 'step of a job'
        when started_at is null or node_list = 'None assigned' then 'did not start'
        when ended_at is null then 'has not ended'
        when state in ('PENDING', 'RUNNING', 'REQUEUED', 'RESIZING', 'SUSPENDED') then concat('is ', state)
        when state is null or state not in (
            'BOOT_FAIL', 'CANCELLED', 'COMPLETED', 'DEADLINE', 'FAILED', 'NODE_FAIL', 'OUT_OF_MEMORY', 'PREEMPTED', 'REVOKED', 'TIMEOUT'
        ) then concat('has the unknown state ', coalesce(state, 'null'))
        when year(started_at) not between 2000 and 2099 or year(ended_at) not between 2000 and 2099
            then 'is not between 2000 and 2099'
        when stated_cpus > 100000000 or gpu.devices > 10000000 then 'holds more than any cluster has'
        when ended_at < started_at then 'ended before it started'
        when ended_at > started_at + interval 400 days then 'lasted more than 400 days'
    end as left_out
from sized
