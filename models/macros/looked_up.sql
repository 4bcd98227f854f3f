{# Looks up a key in a map with sorted keys; null if the key does not exist. Used instead of a join, which would copy every wide row. #}
{% macro looked_up(map, key) %}element_at(map_values({{ map }}), position_in(map_keys({{ map }}), {{ key }})){% endmacro %}
