package costlake.land;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.Config;
import costlake.config.SourceKinds;
import costlake.core.Delivery;
import costlake.testing.Duck;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times without an offset are read in the zone of their source; without one, a notice says so. */
class LocalTimesTest {
  private static final String READ_AS_UTC =
      "2 rows have times without an offset, which are read as UTC. State their zone, e.g. zone:"
          + " Europe/Berlin or zone: UTC, at the source in sources.yml (hours: --zone)";

  @TempDir Path folder;

  private Deliveries deliveries() {
    return new Deliveries(folder);
  }

  @Test
  void theNightAndTheDoctorSayHowManyRowsAreReadAsUtc() throws IOException {
    deliveries()
        .write(
            "2026-09/log.csv",
            """
            requested_at,request_id
            2026-09-01T00:30:00,a
            2026-09-01 10:00:00.5,b
            2026-09-01T10:00:00Z,c
            1788256800,d
            """);
    assertThat(notices(config(""))).containsExactly(READ_AS_UTC);
    assertThat(Deliveries.check(config("")).notices())
        .singleElement()
        .extracting(LandResult.Notice::message)
        .isEqualTo(READ_AS_UTC);
    Files.delete(folder.resolve("exports/2026-09/log.csv"));
    deliveries().write("2026-09/other.csv", "requested_at,request_id\n2026-09-01T00:30:00,a\n");
    assertThat(notices(config(", zone: UTC"))).isEmpty();
  }

  /** A request of 1 October, 00:30 in Berlin, is one of September in UTC. */
  @Test
  void theMonthOfAFileIsThatOfItsTimesInUtc() throws IOException {
    deliveries().write("log.csv", "requested_at,request_id\n2026-10-01T00:30:00,a\n");
    List<Delivery> landed = deliveries().land(config(", zone: Europe/Berlin"), List.of()).landed();
    assertThat(landed)
        .extracting(one -> one.billingPeriod().toString())
        .containsExactly("2026-09-01");
  }

  /** Parquet says whether a timestamp is an instant. */
  @Test
  void instantsOfParquetHaveAnOffset() throws IOException {
    parquet("text", "'2026-09-01T10:00:00'");
    parquet("local", "timestamp '2026-09-01 10:00:00'");
    parquet("instant", "timestamptz '2026-09-01 10:00:00+00'");
    Config config = config(", zone: Europe/Berlin");
    List<Delivery> landed = deliveries().land(config, List.of()).landed();
    assertThat(
            Bronze.rows(
                    SparkHarness.spark(),
                    config,
                    SourceKinds.of("gateway"),
                    SourceKinds.of("gateway").relations().get(0),
                    landed)
                .selectExpr("concat(request_id, ' ', cast(requested_at as timestamp))")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder(
            "text 2026-09-01 08:00:00", "local 2026-09-01 08:00:00", "instant 2026-09-01 10:00:00");
    assertThat(notices(config(""))).containsExactly(READ_AS_UTC);
  }

  private void parquet(String name, String time) throws IOException {
    Path month = Files.createDirectories(folder.resolve("exports/2026-09"));
    Duck.rows(
        "copy (select %s as requested_at, '%s' as request_id) to '%s' (format parquet)"
            .formatted(time, name, month.resolve(name + ".parquet")),
        "select 1");
  }

  private Config config(String zone) throws IOException {
    return deliveries().config("gateway", deliveries().exports().toString(), zone);
  }

  private List<String> notices(Config config) {
    Config elsewhere = config.inLake(folder.resolve("lake-" + System.nanoTime()));
    return deliveries().land(elsewhere, List.of()).notices().stream()
        .map(LandResult.Notice::message)
        .toList();
  }
}
