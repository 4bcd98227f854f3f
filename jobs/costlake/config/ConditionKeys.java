package costlake.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * The keys that conditions can use: the facts that the allocation models provide. A key that is not
 * here would never match, and nobody would notice.
 */
final class ConditionKeys {
  private static final List<String> TAGS = List.of("team", "project", "environment", "model");

  /** Facts of a charge, as {@code allocation.owned_charges} provides them. */
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

  /** Facts of a workload, as {@code allocation.workload_owners} provides them. */
  static final List<String> WORKLOADS =
      and(List.of("cluster", "namespace", "workload_id", "workload_kind"), TAGS);

  /** Facts of either. */
  static final List<String> ALL = and(CHARGES, WORKLOADS);

  private ConditionKeys() {}

  private static List<String> and(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).distinct().toList();
  }
}
