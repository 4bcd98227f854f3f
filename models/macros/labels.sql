{# What the labels of a workload name, by the first label that it has. Needs label_keys of telemetry.label_book. #}
{% macro labelled(labels, name) %}first_present({{ labels }}, try_element_at(label_keys, '{{ name }}')){% endmacro %}
