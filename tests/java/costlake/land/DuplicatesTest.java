package costlake.land;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.Config;
import costlake.config.SourceKinds;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.land.read.FileReading;
import costlake.land.read.RowKeyLimit;
import costlake.land.read.RowKeys;
import costlake.land.read.rows.Relation;
import costlake.testing.SparkHarness;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lands deliveries that contain a file or a row twice. */
class DuplicatesTest {
  private static final String BILL =
      Deliveries.HEADER + Deliveries.line(1, "1.5", "search") + Deliveries.line(2, "2", "data");
  private static final String WITH_INTERVALS =
      "identity/LineItemId,identity/TimeInterval,bill/BillingPeriodStartDate,lineItem/LineItemType,"
          + "lineItem/UsageStartDate,lineItem/CurrencyCode,lineItem/UnblendedCost\n";

  @TempDir Path folder;
  private Deliveries deliveries;

  @BeforeEach
  void makeFolder() {
    deliveries = new Deliveries(folder);
  }

  private Config config(String kind, String limits) throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(conf.resolve("costlake.yml"), "limits: {" + limits + "}\n");
    return deliveries.config(kind);
  }

  private LandResult land(String limits) throws IOException {
    return deliveries.land(config("aws-cur", limits), List.of());
  }

  private static String refusal(LandResult result) {
    assertThat(result.landed()).isEmpty();
    assertThat(result.refused()).hasSize(1);
    return result.refused().get(0).message();
  }

  private static String notice(LandResult result) {
    assertThat(result.refused()).isEmpty();
    assertThat(result.notices()).hasSize(1);
    return result.notices().get(0).message();
  }

  private void bothWays() throws IOException {
    deliveries.write("2026-09/a.csv", BILL);
    deliveries.write("2026-09/a.csv.gz", BILL);
  }

  @Test
  void refusesAFileBesideItsCompressedCopy() throws IOException {
    bothWays();
    assertThat(refusal(land("")))
        .contains("its files a.csv and a.csv.gz are the same once decompressed")
        .contains("every row would count twice. Remove one of them.");
    Path exports = deliveries.exports();
    assertThatThrownBy(() -> adHoc(exports))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.family()).isEqualTo(Failure.Family.DATA))
        .hasMessageContainingAll(
            "bill of 2026-09: its files ", "/a.csv and ", "/a.csv.gz are the same");
  }

  private Landing.Given adHoc(Path... paths) throws IOException {
    return Landing.adHoc(config("aws-cur", ""), List.of(paths), Optional.empty());
  }

  @Test
  void refusesPathsThatOverlap() throws IOException {
    Path file = deliveries.write("2026-09/a.csv", BILL);
    Path link = Files.createSymbolicLink(folder.resolve("link.csv"), file);
    assertThatThrownBy(() -> adHoc(deliveries.exports(), file))
        .hasMessageContaining("its files " + file + " and " + file + " are the same");
    assertThatThrownBy(() -> adHoc(file, link))
        .hasMessageContaining("its files " + file + " and " + link + " are the same");
  }

  @Test
  void readsTheFirstOfEqualFilesIfConfigured() throws IOException {
    bothWays();
    Config config = config("aws-cur", "duplicate_files: once");
    LandResult result = deliveries.land(config, List.of());
    assertThat(notice(result)).contains("a.csv and a.csv.gz are the same; the first counts");
    assertThat(result.landed()).extracting(Delivery::rows).containsExactly(2L);
    assertThat(deliveries.pinned())
        .extracting(p -> p.getFileName().toString())
        .containsExactly("_delivery.json", "a.csv");
    LandResult again = deliveries.land(config, result.current());
    assertThat(again.unchanged()).isEqualTo(result.landed());
  }

  @Test
  void countsEqualFilesTwiceIfConfigured() throws IOException {
    bothWays();
    LandResult result = land("duplicate_files: keep");
    assertThat(notice(result)).contains("a.csv and a.csv.gz are the same, and both count");
    assertThat(result.landed()).extracting(Delivery::rows).containsExactly(4L);
  }

  @Test
  void landsDifferentFilesWithEqualChecksums() throws IOException {
    String[] twins = twins();
    deliveries.write("2026-09/a.csv", twins[0]);
    deliveries.write("2026-09/b.csv.gz", twins[1]);
    assertThat(twins[0]).isNotEqualTo(twins[1]);
    LandResult result = land("");
    assertThat(result.refused()).isEmpty();
    assertThat(result.landed()).extracting(Delivery::rows).containsExactly(2L);
  }

  /** Returns two different bills with equal length and equal CRC-32. */
  private static String[] twins() {
    Map<Long, String> seen = new HashMap<>();
    for (int i = 0; i < 2_000_000; i++) {
      int mixed = i * 0x9E3779B1;
      String text =
          Deliveries.HEADER + Deliveries.line(1, "1", "t%08x".formatted(mixed ^ mixed >>> 15));
      CRC32 sum = new CRC32();
      sum.update(text.getBytes(StandardCharsets.UTF_8));
      String twin = seen.putIfAbsent(sum.getValue(), text.substring(Deliveries.HEADER.length()));
      if (twin != null) {
        return new String[] {Deliveries.HEADER + twin, text};
      }
    }
    throw new IllegalStateException("no two of them agree");
  }

  private void repeatedRows() throws IOException {
    deliveries.write("2026-09/a.csv", BILL + Deliveries.line(1, "1.5", "search"));
    deliveries.write("2026-09/b.csv.gz", Deliveries.HEADER + Deliveries.line(2, "2", "data"));
  }

  @Test
  void namesRowsThatRepeatAndCountsThem() throws IOException {
    repeatedRows();
    Config config = config("aws-cur", "duplicate_rows: keep");
    LandResult result = deliveries.land(config, List.of());
    assertThat(notice(result))
        .isEqualTo(
            "2 of its rows, with a cost of 3.5, repeat an earlier row (in every column): a.csv line"
                + " 4 as a.csv line 2, b.csv.gz line 2 as a.csv line 3, and all count"
                + " (duplicate_rows: keep)");
    assertThat(result.landed()).extracting(Delivery::rows).containsExactly(4L);
    assertThat(deliveries.land(config, List.of()).notices()).isEqualTo(result.notices());
  }

  @Test
  void refusesRepeatedRowsIfConfigured() throws IOException {
    repeatedRows();
    assertThat(refusal(land("duplicate_rows: refuse")))
        .contains("2 of its rows, with a cost of 3.5, repeat an earlier row")
        .contains("Deliver it again without them");
  }

  @Test
  void leavesOutRepeatedRowsIfConfigured() throws IOException {
    repeatedRows();
    SparkSession spark = SparkHarness.spark();
    Config config = config("aws-cur", "duplicate_rows: once");
    LandResult result = deliveries.land(config, List.of());
    assertThat(notice(result)).endsWith("; the first of equal rows counts");
    assertThat(result.landed()).extracting(Delivery::rows).containsExactly(2L);
    Bronze.register(spark, config, result.landed());
    assertThat(
            spark
                .sql("select concat_ws(' ', _file_no, _row) from bronze__aws_cur order by 1")
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactly("1 2", "1 3");
  }

  @Test
  void refusesMoreRepeatedRowsThanTheLimit() throws IOException {
    deliveries.write(
        "2026-09/a.csv", Deliveries.HEADER + Deliveries.line(1, "1", "x").repeat(10_002));
    assertThat(refusal(land("duplicate_rows: once")))
        .contains(
            "10001 of its rows, with a cost of 10001, repeat an earlier row",
            "a.csv line 3 as a.csv line 2")
        .contains("and 9998 more")
        .contains("These are too many to leave out");
  }

  @Test
  void identifiesALineOfAwsByIdIntervalAndType() throws IOException {
    String line = "id1,2026-09-01/2026-09-02,2026-09-01,Usage,2026-09-01,USD,";
    deliveries.write(
        "2026-09/a.csv",
        WITH_INTERVALS
            + line
            + "1\n"
            + line
            + "2\n"
            + line.replace("Usage", "Tax")
            + "1\n"
            + line.replace("09-02,", "09-03,")
            + "1\n");
    assertThat(notice(land("")))
        .startsWith(
            "1 of its rows, with a cost of 2, repeats an earlier row (in identity/LineItemId,"
                + " identity/TimeInterval, lineItem/LineItemType): a.csv line 3 as a.csv line 2");
  }

  @Test
  void leavesOutOnlyRowsThatAreTheSameInEveryColumn() throws IOException {
    String line = "id1,2026-09-01/2026-09-02,2026-09-01,Usage,2026-09-01,USD,";
    deliveries.write("2026-09/a.csv", WITH_INTERVALS + line + "1\n" + line + "2\n" + line + "1\n");
    LandResult result = land("duplicate_rows: once");
    assertThat(result.landed()).extracting(Delivery::rows).containsExactly(2L);
    assertThat(result.notices())
        .extracting(LandResult.Notice::message)
        .containsExactly(
            "1 of its rows, with a cost of 1, repeats an earlier row (in every column): a.csv line 4"
                + " as a.csv line 2; the first of equal rows counts",
            "1 of its rows, with a cost of 2, repeats an earlier row (in identity/LineItemId,"
                + " identity/TimeInterval, lineItem/LineItemType): a.csv line 3 as a.csv line 2,"
                + " and all count: rows that differ in another column or have no identity may be"
                + " separate charges");
  }

  @Test
  void refusesToGuessWhetherRowsOfFilesWithOtherColumnsAreTheSame() throws IOException {
    String line = "id1,2026-09-01/2026-09-02,2026-09-01,Usage,2026-09-01,USD,1";
    deliveries.write("2026-09/a.csv", WITH_INTERVALS + line + "\n");
    deliveries.write(
        "2026-09/b.csv", WITH_INTERVALS.strip() + ",resourceTags/user:team\n" + line + ",x\n");
    assertThat(refusal(land("duplicate_rows: once")))
        .contains("b.csv line 2 as a.csv line 2, but their files differ in format or columns");
  }

  /** Delivers ten lines with an identity, and a second file with some of them and a new one. */
  private void repeatsTheFirstLines(String cost) throws IOException {
    StringBuilder first = new StringBuilder(WITH_INTERVALS);
    StringBuilder second = new StringBuilder(WITH_INTERVALS);
    String line = "id%d,2026-09-01/2026-09-02,2026-09-01,Usage,2026-09-01,USD,%s\n";
    for (int id = 0; id < 10; id++) {
      first.append(line.formatted(id, "1.25"));
    }
    for (int id = 0; id < 4; id++) {
      second.append(line.formatted(id, cost));
    }
    deliveries.write("2026-09/a.csv", first.toString());
    deliveries.write("2026-09/b.csv", second + line.formatted(10, "7"));
  }

  @Test
  void countsALineWithAnIdentityOnce() throws IOException {
    repeatsTheFirstLines("1.25");
    LandResult result = land("");
    assertThat(notice(result))
        .isEqualTo(
            "4 of its rows, with a cost of 5, repeat an earlier row (in every column): b.csv line"
                + " 2 as a.csv line 2, b.csv line 3 as a.csv line 3, b.csv line 4 as a.csv line 4"
                + " and 1 more; the first of equal rows counts");
    assertThat(result.landed()).extracting(Delivery::rows).containsExactly(11L);
    assertThat(result.landed()).extracting(Delivery::rejected).containsExactly(0L);
    assertThat(result.rejects()).hasSize(4);
    assertThat(result.rejects().get(3))
        .satisfies(
            row -> {
              assertThat(row.file()).endsWith("/b.csv");
              assertThat(row.row()).isEqualTo(5);
              assertThat(row.reason())
                  .isEqualTo("repeats a.csv line 5 in every column, which counts");
              assertThat(row.raw()).startsWith("id3,2026-09-01/2026-09-02,").endsWith(",1.25");
            });
  }

  @Test
  void refusesLinesOfWhichAnotherVersionWasDelivered() throws IOException {
    repeatsTheFirstLines("1.5");
    assertThat(refusal(land("")))
        .contains("4 of its rows, with a cost of 6, repeat an earlier row (in identity/LineItemId")
        .contains("4 of the 5 rows of b.csv are also in other files, more than")
        .contains("limits.repeated_rows_ratio_max 0.05. Remove the file that repeats another one.");
  }

  /** Delivers FOCUS rows, which have no identity: the costs in each file, in cents. */
  private LandResult landFocus(String setting, List<List<Integer>> files) throws IOException {
    for (int file = 0; file < files.size(); file++) {
      StringBuilder text = new StringBuilder("BilledCost,BillingCurrency,ChargePeriodStart\n");
      files.get(file).forEach(cents -> text.append("0.%02d,USD,2026-09-01\n".formatted(cents)));
      deliveries.write("2026-09/" + (char) ('a' + file) + ".csv", text.toString());
    }
    return deliveries.land(
        deliveries.config("focus", deliveries.exports().toString(), setting), List.of());
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  @Test
  void refusesRowsWithoutAnIdentityOfWhichManyAreInAnotherFile() throws IOException {
    List<List<Integer>> files = List.of(range(0, 60), range(40, 70));
    assertThat(refusal(landFocus("", files)))
        .contains("20 of its rows, with a cost of 9.9, repeat an earlier row (in every column): ")
        .contains(" and 17 more. ")
        .contains("20 of the 30 rows of b.csv are also in other files, more than")
        .contains("set duplicate_rows: keep for the source");
    LandResult kept = landFocus(", duplicate_rows: keep", files);
    assertThat(notice(kept)).contains("with a cost of 9.9", "and all count");
    assertThat(kept.landed()).extracting(Delivery::rows).containsExactly(90L);
  }

  @Test
  void countsEqualRowsOfOneFileAndFewOfSeveralFiles() throws IOException {
    List<Integer> equal = Collections.nCopies(30, 7);
    LandResult one = landFocus("", List.of(equal));
    assertThat(notice(one)).contains("29 of its rows, with a cost of 2.03, repeat");
    assertThat(one.landed()).extracting(Delivery::rows).containsExactly(30L);

    LandResult few = landFocus("", List.of(range(0, 40), range(39, 80)));
    assertThat(notice(few)).contains("1 of its rows, with a cost of 0.39, repeats");
    assertThat(few.landed()).extracting(Delivery::rows).containsExactly(81L);
  }

  @Test
  void comparesEveryColumnOfRowsWithoutAnId() throws IOException {
    String line = ",2026-09-01/2026-09-02,2026-09-01,Usage,2026-09-01,USD,";
    deliveries.write("2026-09/a.csv", WITH_INTERVALS + line + "1\n" + line + "2\n");
    assertThat(land("").notices()).isEmpty();
    deliveries.write("2026-09/b.csv", WITH_INTERVALS + line + "2\n");
    assertThat(notice(land("repeated_rows_ratio_max: 1")))
        .startsWith("1 of its rows, with a cost of 2, repeats an earlier row (in every column)")
        .contains(": b.csv line 2 as a.csv line 3, and all count");
  }

  @Test
  void comparesEveryColumnOfParquetRowsWithoutAnId() throws IOException {
    SparkHarness.spark()
        .sql(
            "select id identity_line_item_id, 'i' identity_time_interval, 'Usage'"
                + " line_item_line_item_type, timestamp'2026-09-01' bill_billing_period_start_date,"
                + " timestamp'2026-09-01' line_item_usage_start_date, 'USD'"
                + " line_item_currency_code, cost line_item_unblended_cost from values ('a', 1D),"
                + " (null, 1D), (null, 2D), (null, 2D) as v(id, cost)")
        .coalesce(1)
        .write()
        .parquet(deliveries.exports().resolve("2026-09/aws").toString());
    assertThat(notice(land("")))
        .startsWith("1 of its rows, with a cost of 2, repeats an earlier row")
        .contains(".parquet row 4 as part-");
  }

  @Test
  void keepsNoKeysOfMoreRowsThanAreCompared() {
    byte[] bill = (Deliveries.HEADER + Deliveries.line(1, "1", "x").repeat(1_500)).getBytes(UTF_8);
    RowKeyLimit few = new RowKeyLimit(3_000);
    assertThat(keys(bill, few).dropped()).isFalse();
    assertThat(keys(bill, few).dropped()).isFalse();
    assertThat(keys(bill, few).dropped()).isTrue();
  }

  private static RowKeys keys(byte[] bill, RowKeyLimit read) {
    Relation relation = Relations.of(SourceKinds.of("aws-cur"));
    return new FileReading(relation, 1 << 20, 1, read)
        .streamed(new ByteArrayInputStream(bill), "a.csv")
        .keys();
  }

  @Test
  void comparesWholeRowsOfParquet() throws IOException {
    SparkSession spark = SparkHarness.spark();
    Path written = deliveries.exports().resolve("2026-09/focus");
    spark
        .sql(
            "select '1.5' BilledCost, 'USD' BillingCurrency, '2026-09-01' ChargePeriodStart,"
                + " map('Team', t) Tags from values ('a'), ('b'), ('a'), (null) as v(t)")
        .coalesce(1)
        .write()
        .parquet(written.toString());
    try (Stream<Path> files = Files.list(written)) {
      assertThat(files.filter(file -> file.toString().endsWith(".parquet"))).hasSize(1);
    }
    LandResult result = deliveries.land(config("focus", ""), List.of());
    assertThat(notice(result))
        .contains(
            "1 of its rows, with a cost of 1.5, repeats an earlier row (in every column): part-")
        .contains(".parquet row 3 as part-");
  }

  @Test
  void namesFilesThatLookLikeDataAndAreNotRead() throws IOException {
    deliveries.write("2026-09/a.csv", BILL);
    deliveries.write("2026-09/_part2.csv", BILL);
    deliveries.write("2026-09/b.csv.zip", "PK");
    deliveries.write("2026-09/.a.csv.crc", "crc");
    deliveries.write("2026-09/README.md", "read me");
    String names =
        "not read: 2026-09/_part2.csv, 2026-09/b.csv.zip. Only .csv, .json, .jsonl, .ndjson and .psv"
            + " (each also as .gz or .zst), .parquet and .avro files are read";
    assertThat(notice(land(""))).startsWith(names);
    assertThat(adHoc(deliveries.exports()).notices())
        .singleElement()
        .satisfies(said -> assertThat(said).contains(names));
    Files.delete(deliveries.exports().resolve("2026-09/a.csv"));
    assertThatThrownBy(() -> land("")).hasMessageContaining("There is " + names);
    assertThatThrownBy(() -> adHoc(deliveries.exports())).hasMessageContaining("There is " + names);
  }
}
