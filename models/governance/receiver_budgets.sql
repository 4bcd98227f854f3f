select
    scopes.billing_month,
    scopes.receiver_kind,
    scopes.receiver_id,
    scopes.billing_currency,
    budgets.budget_id,
    budgets.budget_name,
    budgets.period_kind,
    budgets.period_start,
    budgets.period_end,
    budgets.measure,
    budgets.cost_basis,
    budgets.amount,
    budgets.actual,
    budgets.remaining,
    budgets.share_used,
    budgets.billed_until,
    budgets.breach_at_burn,
    budgets.forecast,
    budgets.forecast_low,
    budgets.forecast_high
from {{ ref('governance.receiver_scopes') }} as scopes
inner join {{ ref('governance.budget_status') }} as budgets
    on budgets.period_start <= last_day(scopes.billing_month) and budgets.period_end >= scopes.billing_month
    and coalesce(budgets.billing_currency, scopes.first_currency) = scopes.billing_currency
    and case scopes.receiver_kind
        when 'company' then true
        when 'team' then budgets.team_id = scopes.receiver_id
        else budgets.scope_kind = scopes.receiver_kind and budgets.scope_value = scopes.short_id
    end
