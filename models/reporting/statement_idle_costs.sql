{% import "macros/cents.sql" %}{% import "macros/receivers.sql" %}{% import "macros/lines.sql" %}with idle as (
    select
        billing_month, team_id, billing_currency, project_id, sum(effective_cost) as effective_cost,
        sum(coalesce(free_accelerator_cost, 0)) as free_cost, sum(coalesce(stranded_cost, 0)) as stranded_cost
    from {{ ref('economics.monthly_costs') }}
    where cost_kind = 'idle'
    group by all
),

received as (
    {{ received("idle", "idle.billing_month", ref('economics.receivers'), "project_id") }}
),

sums as (
    select
        billing_month, receiver.kind as receiver_kind, receiver.id as receiver_id, billing_currency, sum(effective_cost) as effective_cost,
        sum(free_cost) as free_cost, sum(stranded_cost) as stranded_cost
    from received
    group by all
),

idle_lines as (
    select
        lines.billing_month, lines.receiver_kind, lines.receiver_id, lines.billing_currency, lines.cost_shown as total_shown,
        explode(array(
            named_struct('position', 1, 'name', 'free_accelerators', 'cost', free_cost),
            named_struct('position', 2, 'name', 'stranded', 'cost', stranded_cost),
            named_struct('position', 3, 'name', 'other_nodes', 'cost', less(less(sums.effective_cost, free_cost), stranded_cost)),
            named_struct('position', 4, 'name', 'correction', 'cost', less(lines.effective_cost, coalesce(sums.effective_cost, 0)))
        )) as idle_line
    from {{ ref('reporting.statement_lines') }} as lines
    left join sums
        on sums.billing_month = lines.billing_month and sums.receiver_id = lines.receiver_id
        and sums.billing_currency = lines.billing_currency
    where lines.breakdown = 'bridge' and lines.name = 'idle'
),

parts as (
    select * except (idle_line), idle_line.* from idle_lines where idle_line.cost <> 0
)

select
    {{ receiver() }},
    position,
    {{ line_id("'g'") }} as line_id,
    name as idle_part,
    cast(cost as decimal(38, 21)) as effective_cost,
    -- the parts sum to the idle cost that the first page prints
    {{ cents_to("total_shown", "cost", "billing_month, receiver_id, billing_currency", "position") }} as cost_shown
from parts
