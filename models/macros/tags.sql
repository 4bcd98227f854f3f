{# The value of a canonical tag as it is found: of the first of its spellings that is there. #}
{% macro found(tags, canonical) %}first_present({{ tags }}, try_element_at(tag_keys, '{{ canonical }}')){% endmacro %}
{# The value that is meant by the one found. #}
{% macro meant(found, canonical) %}coalesce(try_element_at(tag_values, concat('{{ canonical }}=', {{ found }})), {{ found }}){% endmacro %}
