package costlake.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * The keys that conditions can use. They are the attributes of charges and workloads that the
 * allocation models provide. A condition on any other key would never match, so it is refused.
 */
final class ConditionKeys {
  private static final List<String> TAGS =
      List.of("team", "project", "environment", "model", "endpoint");

  /** Attributes of a charge, which {@code allocation.owned_charges} provides. */
  static final List<String> CHARGES =
      and(
          List.of(
              "ResourceId",
              "ResourceName",
              "ResourceType",
              "SubAccountId",
              "SubAccountName",
              "BillingAccountId",
              "ServiceName",
              "ServiceCategory",
              "ServiceSubcategory",
              "ServiceProviderName",
              "RegionId",
              "ChargeCategory",
              "SkuId",
              "CommitmentDiscountId",
              "x_SourceId"),
          TAGS);

  /** Attributes of a workload, which {@code allocation.workload_owners} provides. */
  static final List<String> WORKLOADS =
      and(
          List.of(
              "cluster",
              "namespace",
              "workload_id",
              "workload_kind",
              "scheduler",
              "user",
              "partition",
              "qos"),
          TAGS);

  /** Attributes of a charge or of a workload. */
  static final List<String> ALL = and(CHARGES, WORKLOADS);

  /** Attributes of a job, which {@code telemetry.intervals} provides. */
  static final List<String> JOBS =
      List.of(
          "cluster",
          "namespace",
          "workload_id",
          "scheduler",
          "user",
          "partition",
          "qos",
          "job_name");

  /** Attributes of what pays for an endpoint: a charge or a job. */
  static final List<String> ENDPOINTS = and(CHARGES, JOBS);

  private ConditionKeys() {}

  private static List<String> and(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).distinct().toList();
  }
}
