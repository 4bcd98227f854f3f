select
    incidents.incident_id,
    incidents.team_id,
    uses.billing_currency,
    uses.run_id,
    uses.workload_id,
    uses.endpoint_id,
    uses.model_id,
    min(uses.usage_date) as first_day,
    max(uses.usage_date) as last_day,
    cast(sum(uses.effective_cost) as decimal(38,21)) as cost
from {{ ref('governance.incidents') }} as incidents
inner join {{ ref('economics.use_costs') }} as uses
    on uses.team_id = incidents.team_id and uses.billing_currency = incidents.billing_currency
    and uses.usage_date between incidents.started_on and incidents.ended_on
where coalesce(uses.run_id, uses.workload_id, uses.endpoint_id) is not null
group by all
