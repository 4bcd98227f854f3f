{% import "macros/run_costs.sql" %}with attempts as (
    select run_id, attempt, is_spot, billable_s, try_cast(labels['training_s'] as decimal(38, 9)) as trained_s
    from {{ ref('telemetry.run_attempts') }}
),

-- the record of managed spot states both the time that was worked and the time that was billed
marked as (
    select
        used.*, attempts.trained_s, attempts.billable_s,
        {{ is_compute() }} and (pricing_category <=> 'Dynamic' or coalesce(attempts.is_spot, false)) as is_spot,
        case
            when pricing_category = 'Dynamic' and on_demand_basis is not null then on_demand_basis
            when trained_s > billable_s and billable_s > 0 then 'billable time'
            when pricing_category in ('Standard', 'Committed') then 'no spot price'
        end as basis
    from {{ ref('economics.use_costs') }} as used
    left join attempts on used.run_id = attempts.run_id and used.attempt = attempts.attempt
)

select
    usage_date,
    billing_month,
    use_kind,
    run_id,
    attempt,
    workload_id,
    team_id,
    project_id,
    service_category,
    cost_kind,
    billing_currency,
    link_problem,
    effective_cost,
    is_spot,
    if(is_spot, basis, null) as on_demand_basis,
    if(is_spot, case basis
        when 'billable time' then in_proportion(effective_cost, trained_s, billable_s)
        when 'no spot price' then effective_cost
        else on_demand_cost
    end, null) as on_demand_cost
from marked
