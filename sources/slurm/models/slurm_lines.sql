{% import "sources/slurm/macros/slurm_values.sql" %}
with nested as (
    select
        *,
        from_json(time, 'submission string, start string, end string, elapsed string') as times,
        from_json(array, 'job_id string, task_id string') as of_array,
        from_json(tres, 'allocated array<struct<type: string, name: string, count: string>>,
            requested array<struct<type: string, name: string, count: string>>') as resources,
        -- a list has the state first and then its flags, e.g. REQUEUED, which sacct prints instead of the state
        coalesce(
            regexp_extract(get_json_object(state, '$.current'), '"(REQUEUED|RESIZING)"', 0),
            ''
        ) as flag
    from {{ source('bronze.slurm_json_jobs') }}
)

select
    _source_id,
    _billing_period,
    _source_file,
    _file_no,
    _row,
    coalesce(job_id, job_id_raw) as job_id,
    job_id_raw,
    cluster,
    partition,
    qos,
    account,
    group_name,
    user_name,
    to_timestamp(submit) as submitted_at,
    to_timestamp(started) as stated_start,
    to_timestamp(ended) as stated_end,
    elapsed,
    upper(part_of(state, ' ', 1)) as state,
    n_cpus,
    alloc_tres,
    coalesce(alloc_gres, req_gres) as gres,
    node_list,
    job_name
from {{ source('bronze.slurm_jobs') }}
union all
select
    _source_id,
    _billing_period,
    _source_file,
    _file_no,
    _row,
    if(coalesce({{ json_number("of_array.job_id") }}, '0') = '0', job_id,
        concat({{ json_number("of_array.job_id") }}, '_', {{ json_number("of_array.task_id") }})) as job_id,
    job_id as job_id_raw,
    coalesce(cluster, get_json_object(association, '$.cluster')) as cluster,
    partition,
    qos,
    coalesce(account, get_json_object(association, '$.account')) as account,
    `group` as group_name,
    coalesce(user, get_json_object(association, '$.user')) as user_name,
    {{ unix_time("times.submission") }} as submitted_at,
    {{ unix_time("times.start") }} as stated_start,
    {{ unix_time("times.end") }} as stated_end,
    {{ json_number("times.elapsed") }} as elapsed,
    upper(if(flag = '', regexp_extract(get_json_object(state, '$.current'), '([A-Za-z_]+)', 1), replace(flag, '"'))) as state,
    cast(null as string) as n_cpus,
    {{ json_tres("resources.allocated") }} as alloc_tres,
    {{ json_tres("resources.requested") }} as gres,
    nullif(nodes, '') as node_list,
    name as job_name
from nested
