{# The value of a key in a map with sorted keys; null if there is none. A join would copy every wide row. #}
{% macro looked_up(map, key) %}element_at(map_values({{ map }}), position_in(map_keys({{ map }}), {{ key }})){% endmacro %}
