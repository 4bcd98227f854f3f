{% import "macros/receivers.sql" %}with receivers as (
    {{ every_receiver() }}
)

select table_name, billing_month, receiver_kind, receiver_id, team_id, count(*) as lines
from receivers
where team_id is distinct from if(receiver_kind = 'team', receiver_id, null) or team_id like '%.%'
group by all
