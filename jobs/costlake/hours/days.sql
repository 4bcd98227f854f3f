-- a job has a row for each day from its start to its end, and counts as a job on the day of its end
with on_days as (
    select *, explode(sequence(cast(started_at as date), cast(ended_at as date), interval 1 day)) as usage_date
    from %s
    where left_out is null
),

timed as (
    select
        *,
        cast(cast(
            unix_micros(least(ended_at, cast(date_add(usage_date, 1) as timestamp)))
            - unix_micros(greatest(started_at, cast(usage_date as timestamp)))
        as decimal(17, 0)) * 0.000001bd as decimal(17, 6)) as held_s
    from on_days
)

select
    usage_date,
    cluster_id,
    queue,
    account,
    user,
    count_if(usage_date = cast(ended_at as date)) as jobs,
    coalesce(cast(sum(cpus * held_s) as decimal(38, 9)), 0) as cpu_s,
    coalesce(cast(sum(gpus * held_s) as decimal(38, 9)), 0) as gpu_s,
    sum(held_s) as wall_s
from timed
group by all
order by all
