{% import "macros/arithmetic.sql" %}with ended as (
    select project_id, billing_currency, share_used
    from {{ ref('governance.approvals') }}
    where state = 'approved' and ended_at is not null and share_used is not null and project_id is not null
),

projects as (
    select
        project_id, billing_currency, count(*) as runs, array_sort(collect_list(share_used)) as ratios,
        cast(floor({{ divided("count(*) - 1", 10) }}) as int) as left_out
    from ended
    group by all
)

-- one in ten is left out at each end
select
    project_id,
    billing_currency,
    cast(runs as int) as past_runs,
    if(runs >= 5, element_at(ratios, left_out + 1), null) as ratio_low,
    if(runs >= 5, element_at(ratios, -1 - left_out), null) as ratio_high
from projects
