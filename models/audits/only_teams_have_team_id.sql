with receivers as (
    select 'statements' as table_name, billing_month, receiver_kind, receiver_id, team_id from {{ ref('reporting.statements') }}
    union all
    select 'statement_accelerators' as table_name, billing_month, receiver_kind, receiver_id, team_id from {{ ref('reporting.statement_accelerators') }}
    union all
    select 'statement_changes' as table_name, billing_month, receiver_kind, receiver_id, team_id from {{ ref('reporting.statement_changes') }}
    union all
    select 'statement_history' as table_name, billing_month, receiver_kind, receiver_id, team_id from {{ ref('reporting.statement_history') }}
    union all
    select 'statement_idle_hours' as table_name, billing_month, receiver_kind, receiver_id, team_id from {{ ref('reporting.statement_idle_hours') }}
    union all
    select 'statement_lines' as table_name, billing_month, receiver_kind, receiver_id, team_id from {{ ref('reporting.statement_lines') }}
    union all
    select 'statement_pools' as table_name, billing_month, receiver_kind, receiver_id, team_id from {{ ref('reporting.statement_pools') }}
    union all
    select 'statement_quality' as table_name, billing_month, receiver_kind, receiver_id, team_id from {{ ref('reporting.statement_quality') }}
    union all
    select 'statement_value' as table_name, billing_month, receiver_kind, receiver_id, team_id from {{ ref('reporting.statement_value') }}
    union all
    select 'statement_workloads' as table_name, billing_month, receiver_kind, receiver_id, team_id from {{ ref('reporting.statement_workloads') }}
)

select table_name, billing_month, receiver_kind, receiver_id, team_id, count(*) as lines
from receivers
where team_id is distinct from if(receiver_kind = 'team', receiver_id, null) or team_id like '%.%'
group by all
