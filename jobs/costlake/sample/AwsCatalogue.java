package costlake.sample;

import java.math.BigDecimal;
import java.util.List;

/** The AWS services that the company uses, with the list prices of us-east-1. */
final class AwsCatalogue {
  private static final Services SERVICES = SampleFile.read("aws_services.yml", Services.class);

  /** Resources that belong to one team. */
  static final List<MeteredService> TEAMS = SERVICES.teams();

  /** Resources that all teams share, each with its pool. */
  static final List<MeteredService> SHARED = SERVICES.shared();

  /** A bucket that one team handed over to another team. */
  static final MeteredService HANDED_OVER = SERVICES.handedOver();

  static final BigDecimal EDP_RATIO = new BigDecimal("0.06");
  static final BigDecimal PRICE_CHANGE_RATIO = new BigDecimal("0.9");

  static final String PLAN_ARN =
      "arn:aws:savingsplans::402316781950:savingsplan/5b1f0c0e-7a64-4c1d-9e4f-2f6f5d0e8a31";
  static final BigDecimal PLAN_HOUR_USD = new BigDecimal("36");
  static final BigDecimal PLAN_P5_HOUR_USD = new BigDecimal("31.464");
  static final BigDecimal PLAN_M7I_HOUR_USD = new BigDecimal("0.44352");
  static final BigDecimal M7I_4XLARGE_HOUR_USD = new BigDecimal("0.8064");
  static final int PLAN_M7I_COUNT = 6;

  static final String RESERVATION_ARN =
      "arn:aws:ec2:us-east-1:402316781950:reserved-instances/3d2a7a51-6c0e-4b0f-8f6e-91c5d7a2b604";
  static final BigDecimal RESERVED_UPFRONT_HOUR_USD = new BigDecimal("4.25");
  static final BigDecimal RESERVED_RECURRING_HOUR_USD = new BigDecimal("4.35");
  static final int RESERVED_COUNT = 2;

  private AwsCatalogue() {}

  private record Services(
      List<MeteredService> teams, List<MeteredService> shared, MeteredService handedOver) {}
}
