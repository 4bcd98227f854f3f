{% import "macros/arithmetic.sql" %}with counted as (
    select
        cast(trunc(found_on, 'quarter') as date) as quarter,
        team_id,
        cast(count(*) as int) as told,
        cast(count_if(is_false_alarm) as int) as false_alarms,
        cast(count_if(not is_false_alarm) as int) as confirmed,
        sum(datediff(found_on, started_on)) as days_to_find
    from {{ ref('governance.incidents') }}
    where subject_kind <> 'run'
    group by all
)

select
    quarter, team_id, told, confirmed, false_alarms,
    cast({{ divided("confirmed", "nullif(confirmed + false_alarms, 0)") }} as decimal(18,9)) as precision,
    cast({{ divided("days_to_find", "told") }} as decimal(18,9)) as days_to_find
from counted
