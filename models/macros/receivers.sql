{# Who receives the statement of a team's cost, as an array: the team, its cost centre if it has one, the company. #}
{% macro receivers(team_id, cost_centre) %}array_compact(array(
            named_struct('kind', 'team', 'id', {{ team_id }}),
            if({{ cost_centre }} is null, null, named_struct('kind', 'cost_centre', 'id', concat('centre.', {{ cost_centre }}))),
            named_struct('kind', 'company', 'id', 'company.all')
        )){% endmacro %}
