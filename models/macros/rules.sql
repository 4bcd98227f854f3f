{# The map of conditions as an array of pairs, sorted by field. #}
{% macro conditions() %}transform(array_sort(map_entries(conditions)), c -> struct(c.key as field, c.value as value)){% endmacro %}
{# Whether a rule is in force on a day of a month. #}
{% macro holds_in(month) %}(rules.valid_from is null or rules.valid_from < add_months({{ month }}, 1))
    and (rules.valid_to is null or rules.valid_to > {{ month }}){% endmacro %}
