-- of records with the same job, submission and end, the first counts
with suspects as (
    select record_key
    from %1$s
    where record_key is not null
    group by all
    having count(*) > 1
),

numbered as (
    select /*+ broadcast(suspects) */
        lines.file_no,
        lines.line,
        row_number() over (
            partition by lines.cluster_id, lines.job_id, lines.submitted_at, lines.ended_at order by lines.file_no, lines.line
        ) as copy_no
    from %1$s as lines
    join suspects on lines.record_key = suspects.record_key
)

select file_no, line
from numbered
where copy_no > 1
