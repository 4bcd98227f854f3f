{# An incident as one value. #}
{% macro one_incident(state) %}struct(
    incident_id, billing_currency, team_id, subject_kind, subject_team_id, subject_id, started_on, ended_on, found_on, {{ state }} as state,
    cost_above, cause, service, item, cost, cost_before, parts, shown_by
){% endmacro %}
