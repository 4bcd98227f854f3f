package costlake.convert;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.Config;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.core.BillingPeriod;
import costlake.core.Delivery;
import costlake.core.Progress;
import costlake.land.Bronze;
import costlake.land.LandResult;
import costlake.land.Landing;
import costlake.model.Audit;
import costlake.model.Graph;
import costlake.model.Resolver;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lands Azure cost details: exports in several parts, and exports that contradict each other. */
class AzureDeliveriesTest {
  private static final Path FIXTURE = Path.of("sources/azure/fixture/2026-09");
  private static final String BOTH = "15 2071.28478408 363.31598408";
  private static final String NO_COMMITMENTS = "8 353.08478408 353.08478408";

  @TempDir private Path dir;
  private final SparkSession spark = SparkHarness.spark().newSession();
  private Graph graph;
  private List<String> actual;
  private List<String> amortised;

  @BeforeEach
  void readFixture() throws IOException {
    actual = Files.readAllLines(FIXTURE.resolve("actual-cost.csv"));
    amortised = Files.readAllLines(FIXTURE.resolve("amortized-cost.csv"));
  }

  private void write(String path, List<String> lines) throws IOException {
    Path file = dir.resolve("exports").resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, lines);
  }

  /** Writes the lines of an export as two files. */
  private void parts(String path, List<String> lines) throws IOException {
    int middle = lines.size() / 2;
    List<String> second = new ArrayList<>(lines.subList(0, 1));
    second.addAll(lines.subList(middle, lines.size()));
    write(path.formatted(0), lines.subList(0, middle));
    write(path.formatted(1), second);
  }

  private void parquetParts(String export, List<String> lines) throws IOException {
    Files.write(dir.resolve(export + ".csv"), lines);
    Path parts = dir.resolve("exports/" + export + "/20260901-20260930");
    Files.createDirectories(parts);
    for (int part = 0; part < 2; part++) {
      Path written = dir.resolve(export + part);
      spark
          .read()
          .option("header", true)
          .option("escape", "\"")
          .csv(dir.resolve(export + ".csv").toString())
          .where("(length(ProductName) + cast(Quantity as double) > 20) = " + (part == 0))
          .coalesce(1)
          .write()
          .parquet(written.toString());
      try (var files = Files.list(written)) {
        Path file = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
        Files.copy(file, parts.resolve("part_" + part + "_0001.snappy.parquet"));
      }
    }
  }

  private void manifest(String export, String type, List<String> lines) throws IOException {
    String run = export + "/20260901-20260930/run-" + type + "/";
    parts(run + "part_%d_0001.csv", lines);
    write(
        run + "manifest.json",
        List.of(
            """
            {"exportConfig":{"resourceId":"/x/exports/%s","type":"%s"},
             "runInfo":{"runId":"%s","submittedTime":"2026-10-01","startDate":"2026-09-01T00:00:00"},
             "blobs":[{"blobName":"%spart_0_0001.csv"},{"blobName":"%spart_1_0001.csv"}]}\
            """
                .formatted(export, type, export, run, run)));
  }

  private List<String> withoutCommitments() {
    return actual.stream().filter(line -> !line.matches(".*(Reservation|SavingsPlan),.*")).toList();
  }

  private LandResult land() throws IOException {
    Path conf = Files.createDirectories(dir.resolve("conf"));
    Files.writeString(
        conf.resolve("sources.yml"),
        "sources:\n  - {id: az, kind: azure, location: '" + dir.resolve("exports") + "'}\n");
    Config config =
        Config.load(
            conf,
            null,
            Map.of("lake.root", dir.resolve("lake").toString(), "limits.duplicate_rows", "refuse"));
    LandResult result =
        Landing.land(
            config,
            "run-1",
            Instant.parse("2026-10-02T03:00:00Z"),
            List.of(),
            Set.of(BillingPeriod.parse("2026-09")),
            Progress.SILENT);
    List<SourceKind> kinds = SourceKinds.active(Set.of("azure"));
    Bronze.register(spark, config, kinds, result.landed());
    Bronze.registerDeliveries(spark, result.landed(), result.landed());
    graph = FocusViews.register(spark, config, kinds);
    return result;
  }

  private String sums() {
    return text(
        "select concat_ws(' ', count(*), trim(trailing '0' from cast(sum(BilledCost) as string)),"
            + " trim(trailing '0' from cast(sum(EffectiveCost) as string)))"
            + " from focus__azure_charges");
  }

  private String text(String sql) {
    return spark.sql(sql).as(Encoders.STRING()).first();
  }

  private List<String> datasets() {
    return spark
        .sql(
            "select concat_ws(' ', dataset, dataset_kind, size(files)) from focus__azure_datasets"
                + " order by 1")
        .as(Encoders.STRING())
        .collectAsList();
  }

  /** Returns the rows that an audit finds, as JSON. */
  private List<String> found(String audit) {
    Audit asked =
        graph.audits().stream().filter(a -> a.name().equals(audit)).findFirst().orElseThrow();
    return spark.sql(asked.render(Resolver.VIEWS)).toJSON().collectAsList();
  }

  private void assertTied() {
    assertThat(found("azure_exports_overlap")).isEmpty();
    assertThat(found("azure_costs_add_up")).isEmpty();
  }

  @Test
  void takesPartsOfAnExportAsOneByItsManifest() throws IOException {
    manifest("one", "ActualCost", actual);
    manifest("two", "AmortizedCost", amortised);
    assertThat(land().refused()).isEmpty();
    assertThat(datasets())
        .containsExactly("type=actualcost_1/ actual 2", "type=amortizedcost_2/ amortised 2");
    assertThat(sums()).isEqualTo(BOTH);
    assertTied();
  }

  @Test
  void countsAMonthWithoutCommitmentsOnceByItsManifests() throws IOException {
    manifest("one", "ActualCost", withoutCommitments());
    manifest("two", "AmortizedCost", withoutCommitments());
    LandResult result = land();
    assertThat(result.refused()).isEmpty();
    assertThat(result.landed()).extracting(Delivery::rows).containsExactly(16L);
    assertThat(datasets())
        .containsExactly("type=actualcost_1/ actual 2", "type=amortizedcost_2/ amortised 2");
    assertThat(sums()).isEqualTo(NO_COMMITMENTS);
    assertTied();
  }

  @ParameterizedTest
  @CsvSource({
    "actual/20260901-20260930/part_%d_0001.csv, amortized/20260901-20260930/part_%d_0001.csv",
    "2026-09/actual_part_%d.csv, 2026-09/amortized_part_%d.csv",
    "one/2026-09/part-%d.csv, two/2026-09/part-%d.csv"
  })
  void tellsExportsApartByTheirFolders(String one, String two) throws IOException {
    parts(one, actual);
    parts(two, amortised);
    assertThat(land().refused()).isEmpty();
    assertThat(datasets()).hasSize(2).allMatch(dataset -> dataset.endsWith(" 2"));
    assertThat(sums()).isEqualTo(BOTH);
    assertTied();
    parts(one, withoutCommitments());
    parts(two, withoutCommitments());
    assertThat(land().refused()).isEmpty();
    assertThat(sums()).isEqualTo(NO_COMMITMENTS);
    assertTied();
  }

  @Test
  void takesPartsOfParquetAsOne() throws IOException {
    parquetParts("a", actual);
    parquetParts("b", amortised);
    assertThat(land().refused()).isEmpty();
    assertThat(datasets())
        .containsExactly("a/20260901-20260930/ actual 2", "b/20260901-20260930/ amortised 2");
    assertThat(sums()).isEqualTo(BOTH);
    assertTied();
  }

  @Test
  void findsCostsThatAreDeliveredTwice() throws IOException {
    write("2026-09/actual_0910.csv", actual.subList(0, 8));
    write("2026-09/actual_0930.csv", actual);
    write("2026-09/amortized_20260930.csv", amortised);
    assertThat(land().refused()).isEmpty();
    assertThat(found("azure_exports_overlap"))
        .hasSize(1)
        .allMatch(found -> found.contains("actual_0910.csv"))
        .allMatch(found -> found.contains("actual_0930.csv"));
  }

  @Test
  void findsAFileThatMayBeActualOrAmortised() throws IOException {
    write("2026-09/costs.csv", withoutCommitments());
    write("2026-09/amortized.csv", amortised);
    assertThat(land().refused()).isEmpty();
    assertThat(found("azure_exports_overlap"))
        .isNotEmpty()
        .allMatch(found -> found.contains("/costs.csv"));
  }

  @Test
  void findsExportsOfDifferentTimes() throws IOException {
    manifest("one", "ActualCost", actual);
    manifest("two", "AmortizedCost", amortised.subList(0, amortised.size() - 2));
    assertThat(land().refused()).isEmpty();
    assertThat(found("azure_costs_add_up")).singleElement().asString().contains("part_1_0001.csv");
  }

  @Test
  void refusesALineThatAnExportHasTwice() throws IOException {
    List<String> twice = new ArrayList<>(withoutCommitments());
    twice.add(twice.get(1));
    write("2026-09/actual.csv", twice);
    assertThat(land().refused())
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.message()).contains("repeats an earlier row"));
  }
}
