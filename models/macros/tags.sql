{# The canonical tags as they are found: each the value of the first of its spellings that is there. #}
{% macro found_tags(tags) %}{% for tag in ["team", "project", "environment", "model"] %}first_present({{ tags }}, try_element_at(tag_keys, '{{ tag }}')) as found_{{ tag }}{% if not loop.last %},
        {% endif %}{% endfor %}{% endmacro %}
{# The values that are meant by those found. #}
{% macro meant_tags() %}{% for tag in ["team", "project", "environment", "model"] %}coalesce(try_element_at(tag_values, concat('{{ tag }}=', found_{{ tag }})), found_{{ tag }}) as tag_{{ tag }}{% if not loop.last %},
        {% endif %}{% endfor %}{% endmacro %}
