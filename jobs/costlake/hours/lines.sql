-- the lines of a log as they are listed
select
    _source_file as file,
    _file_no as file_no,
    _row as line,
    cluster_id,
    job_id,
    run_id,
    queue,
    qos,
    account,
    user_name as user,
    group_name as `group`,
    job_name,
    state,
    started_at,
    ended_at,
    node_list,
    cpus,
    gpus,
    if(left_out is null,
        cast(cast(unix_micros(ended_at) - unix_micros(started_at) as decimal(17, 0)) * 0.000001bd as decimal(17, 6)), null) as wall_s,
    concat_ws('; ', correction, if(node_list is null, 'it names no nodes', null), if(cpus is null, 'it names no CPU cores', null)) as remark,
    left_out,
    -- equal for records of the same job, submission and end
    if(left_out is null, xxhash64(cluster_id, job_id, submitted_at, ended_at), null) as record_key,
    submitted_at
from %s
