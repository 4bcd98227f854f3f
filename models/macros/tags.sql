{# For each canonical tag, the delivered value of the first of its configured keys that the charge has. #}
{% macro found_tags(tags) %}{% for tag in ["team", "project", "environment", "model", "endpoint"] %}first_present({{ tags }}, try_element_at(tag_keys, '{{ tag }}')) as found_{{ tag }}{% if not loop.last %},
        {% endif %}{% endfor %}{% endmacro %}
{# For each canonical tag, the canonical value that the configuration gives for the delivered value, or else the delivered
   value. #}
{% macro meant_tags() %}{% for tag in ["team", "project", "environment", "model", "endpoint"] %}coalesce(try_element_at(tag_values, concat('{{ tag }}=', found_{{ tag }})), found_{{ tag }}) as tag_{{ tag }}{% if not loop.last %},
        {% endif %}{% endfor %}{% endmacro %}
