{# The value under a key of a map whose keys are in order; null where there is none. A join would copy every wide row. #}
{% macro looked_up(map, key) %}element_at(map_values({{ map }}), position_in(map_keys({{ map }}), {{ key }})){% endmacro %}
