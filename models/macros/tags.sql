{# Canonical tags as delivered: for each, the value of the first key that is present. #}
{% macro found_tags(tags) %}{% for tag in ["team", "project", "environment", "model"] %}first_present({{ tags }}, try_element_at(tag_keys, '{{ tag }}')) as found_{{ tag }}{% if not loop.last %},
        {% endif %}{% endfor %}{% endmacro %}
{# Canonical values of these tags. #}
{% macro meant_tags() %}{% for tag in ["team", "project", "environment", "model"] %}coalesce(try_element_at(tag_values, concat('{{ tag }}=', found_{{ tag }})), found_{{ tag }}) as tag_{{ tag }}{% if not loop.last %},
        {% endif %}{% endfor %}{% endmacro %}
