{# A map of entries (key, value) without those that are null. Of a key that comes twice, the last value counts. #}
{% macro last_values(entries) %}map_from_entries(filter({{ entries }}, (entry, position) -> entry.key is not null and entry.value is not null
    and not exists(slice({{ entries }}, position + 2, size({{ entries }})), later -> later.key = entry.key and later.value is not null))){% endmacro %}
