{# Leaves out rows of scopes of cost centres whose team was in another cost centre. A cost centre has the teams of the month, as its
   statement has. `rows` has the id of its scope, billing_month and team_id; `scopes` has scope_kind and scope_value by this id. #}
{% macro of_their_cost_centre(rows, scopes, receivers, id="budget_id") %}select counted.*
    from {{ rows }} as counted
    inner join {{ scopes }} as scopes on counted.{{ id }} = scopes.{{ id }}
    left join {{ receivers }} as centres
        on scopes.scope_kind = 'cost_centre' and centres.receiver_kind = 'cost_centre'
        and centres.short_id = scopes.scope_value and centres.covered_id = counted.team_id
        and (centres.only_month is null or centres.only_month = counted.billing_month)
        and array_contains(centres.except_months, counted.billing_month) is not true
    where scopes.scope_kind <> 'cost_centre' or centres.receiver_id is not null{% endmacro %}
