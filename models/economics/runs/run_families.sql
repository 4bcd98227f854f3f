{# More levels than any tracker nests. A run that is part of itself would have levels without end. #}
{% set deepest = 20 %}
with recursive parents as (
    select run_id, max(struct(attempt, parent_run_id)).parent_run_id as parent_run_id
    from {{ ref('telemetry.run_attempts') }}
    where parent_run_id is not null
    group by all
),

nested(parent_run_id, run_id, level) as (
    select parent_run_id, run_id, 1
    from parents
    union all
    select parents.parent_run_id, nested.run_id, nested.level + 1
    from nested
    inner join parents on nested.parent_run_id = parents.run_id
    where nested.level < {{ deepest }}
),

members as (
    select parent_run_id, run_id, level from nested where parent_run_id <> run_id
    union all
    select parent_run_id, parent_run_id, 0 from parents
)

select
    parent_run_id,
    run_id,
    min(level) as level
from members
group by all
