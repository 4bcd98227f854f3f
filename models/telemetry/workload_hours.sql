select * from {{ ref('telemetry.kubernetes_workload_hours') }}
union all
select * from {{ ref('telemetry.interval_workload_hours') }}
