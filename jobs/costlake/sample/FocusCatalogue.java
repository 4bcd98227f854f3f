package costlake.sample;

import java.math.BigDecimal;
import java.util.List;

/** The clouds that deliver FOCUS, and the reservations of the company there. */
final class FocusCatalogue {
  private static final Clouds CLOUDS = SampleFile.read("focus_clouds.yml", Clouds.class);

  static final FocusCloud AZURE = CLOUDS.azure();
  static final FocusCloud GOOGLE = CLOUDS.google();
  static final List<FocusCloud> ALL = List.of(AZURE, GOOGLE);

  static final BigDecimal RESERVED_LIST_HOUR_USD = new BigDecimal("6.98");
  static final BigDecimal RESERVED_HOUR_USD = new BigDecimal("5.1");
  static final int RESERVED_COUNT = 2;
  static final String RESERVATION =
      "/providers/Microsoft.Capacity/reservationOrders/7b1f2c9e-3d40-4a6b-9c15-e08d5f7a2b36";

  private FocusCatalogue() {}

  private record Clouds(FocusCloud azure, FocusCloud google) {}

  /** Returns the columns of the export of a cloud. */
  static List<ExportField> fields(FocusCloud cloud) {
    return cloud.equals(GOOGLE) ? ExportColumns.GOOGLE : ExportColumns.AZURE;
  }
}
