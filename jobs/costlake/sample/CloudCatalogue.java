package costlake.sample;

import java.math.BigDecimal;

/** The clouds beside AWS, and the reservations of the company there. */
final class CloudCatalogue {
  private static final Clouds CLOUDS = SampleFile.read("clouds.yml", Clouds.class);

  static final Cloud AZURE = CLOUDS.azure();
  static final Cloud GOOGLE = CLOUDS.google();

  static final BigDecimal RESERVED_LIST_HOUR_USD = new BigDecimal("6.98");
  static final BigDecimal RESERVED_HOUR_USD = new BigDecimal("5.1");
  static final int RESERVED_COUNT = 2;
  static final String RESERVATION =
      "/providers/Microsoft.Capacity/reservationOrders/7b1f2c9e-3d40-4a6b-9c15-e08d5f7a2b36";

  private CloudCatalogue() {}

  private record Clouds(Cloud azure, Cloud google) {}
}
