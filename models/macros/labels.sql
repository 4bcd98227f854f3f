{# What the labels of a workload name, by the first label that it has. Needs label_keys of telemetry.label_book. #}
{% macro labelled(labels, name) %}first_present({{ labels }}, try_element_at(label_keys, '{{ name }}')){% endmacro %}
{# Whether a node is capacity that the provider may take back, by the labels of Karpenter, EKS, GKE and AKS. GKE and AKS label
   only such nodes. #}
{% macro is_spot(labels) %}lower(coalesce(
            {{ labels }}['karpenter_sh_capacity_type'], {{ labels }}['eks_amazonaws_com_capacityType'],
            {{ labels }}['kubernetes_azure_com_scalesetpriority'],
            if({{ labels }}['cloud_google_com_gke_spot'] = 'true' or {{ labels }}['cloud_google_com_gke_preemptible'] = 'true', 'spot', null)
        )) = 'spot'{% endmacro %}
