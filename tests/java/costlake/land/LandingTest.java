package costlake.land;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.Config;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.testing.Shared;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandingTest {
  private static final String ANSWER = answer(1789344000);

  private static final String KEY = "/rep/20260901-20261001/a1/rep-1.csv.gz";
  private static final String GOOD =
      Deliveries.HEADER + Deliveries.line(1, "1.5", "search") + Deliveries.line(2, "2", "data");

  @TempDir Path folder;
  private Deliveries deliveries;

  @BeforeEach
  void makeFolder() {
    deliveries = new Deliveries(folder);
  }

  private static LandResult.Refusal onlyRefusal(LandResult result) {
    assertThat(result.landed()).isEmpty();
    assertThat(result.refused()).hasSize(1);
    return result.refused().get(0);
  }

  @Test
  void pinsTheRealBucketByItsManifest() throws IOException {
    Path bucket = Shared.path("data/billing/aws/s3-bucket");
    Config config = deliveries.config("aws-cur", bucket.toString(), "");
    LandResult result =
        Landing.land(config, "run-1", Deliveries.NOW, List.of(), Set.of(), Progress.SILENT);
    assertThat(result.refused()).isEmpty();
    Delivery delivery = result.landed().get(0);
    assertThat(delivery.deliveryId()).isEqualTo("16e57707-f9e3-49be-8be6-b84e684b5194");
    assertThat(delivery.billingPeriod()).hasToString("2018-08-01");
    assertThat(delivery.rows()).isEqualTo(13380);
    assertThat(deliveries.pinned())
        .extracting(Path::toString)
        .containsExactly(
            "src/2018-08/16e57707-f9e3-49be-8be6-b84e684b5194/_delivery.json",
            "src/2018-08/16e57707-f9e3-49be-8be6-b84e684b5194/koku-local-1.csv.gz");
  }

  @Test
  void takesNothingWhenNothingIsNew() throws IOException {
    deliveries.write(KEY.substring(1), GOOD);
    deliveries.manifest("a1", KEY);
    Config config = deliveries.config("aws-cur");
    LandResult first = deliveries.land(config, List.of());
    LandResult second = deliveries.land(config, first.current());
    assertThat(first.landed()).hasSize(1);
    assertThat(second.landed()).isEmpty();
    assertThat(second.unchanged()).isEqualTo(first.landed());
  }

  @Test
  void takesNothingWhenTheSameBytesAreDeliveredAgain() throws IOException {
    deliveries.write("2026-09/bill.csv", GOOD);
    Config config = deliveries.config("aws-cur");
    LandResult first = deliveries.land(config, List.of());
    Path again = deliveries.write("2026-09/bill.csv", GOOD);
    Files.setLastModifiedTime(
        again, java.nio.file.attribute.FileTime.from(Deliveries.NOW.plusSeconds(60)));
    LandResult second = deliveries.land(config, first.current());
    assertThat(second.landed()).isEmpty();
    assertThat(second.unchanged()).isEqualTo(first.landed());
  }

  @Test
  void replacesExactlyTheMonthThatIsDeliveredAgain() throws IOException {
    deliveries.write(KEY.substring(1), GOOD);
    deliveries.manifest("a1", KEY);
    Config config = deliveries.config("aws-cur");
    LandResult first = deliveries.land(config, List.of());
    String key2 = KEY.replace("a1", "a2");
    deliveries.write(key2.substring(1), GOOD + Deliveries.line(3, "4", "data"));
    deliveries.manifest("a2", key2);
    LandResult second = deliveries.land(config, first.current());
    assertThat(second.landed()).extracting(Delivery::deliveryId).containsExactly("a2");
    assertThat(second.replaced()).extracting(Delivery::deliveryId).containsExactly("a1");
    assertThat(second.replaced())
        .extracting(Delivery::status)
        .containsExactly(Delivery.Status.REPLACED);
    assertThat(second.before(second.landed().get(0))).contains(second.replaced().get(0));
    assertThat(second.landed().get(0).rows()).isEqualTo(3);
  }

  @Test
  void recordsADeliveryThatAKilledNightPinned() throws IOException {
    deliveries.write("2026-09/bill.csv", GOOD);
    Config config = deliveries.config("aws-cur");
    LandResult lost = deliveries.land(config, List.of());
    List<Path> pinned = deliveries.pinned();
    LandResult again = deliveries.land(config, List.of());
    assertThat(again.landed()).isEqualTo(lost.landed());
    assertThat(deliveries.pinned()).isEqualTo(pinned).hasSize(2);
  }

  @Test
  void countsAPinOfAnEarlierRunAgainWithTheSettingsOfToday() throws IOException {
    StringBuilder bill = new StringBuilder(Deliveries.HEADER.replace("\n", ",Started\n"));
    for (int row = 1; row <= 2000; row++) {
      String started = row == 7 ? "," : ",2026-09-01T00:00:00Z";
      bill.append(Deliveries.line(1, row + ".5", "data").replace("\n", started + "\n"));
    }
    deliveries.write("2026-09/bill.csv", bill.toString());
    String columns = ", columns: {line_item_usage_start_date: Started}";
    Config wrong = deliveries.config("aws-cur", deliveries.exports().toString(), columns);
    assertThat(deliveries.land(wrong, List.of()).landed())
        .extracting(Delivery::rejected)
        .containsExactly(1L);

    Config right = deliveries.config("aws-cur");
    LandResult night = landLater(right);
    assertThat(night.landed()).extracting(Delivery::rejected).containsExactly(0L);
    assertThat(night.rejects()).isEmpty();
  }

  @Test
  void readsAPinOfAnEarlierRunOnlyIfItWasReadInAnotherWay() throws IOException {
    deliveries.write("2026-09/bill.csv", GOOD);
    Config config = deliveries.config("aws-cur");
    List<Delivery> landed = deliveries.land(config, List.of()).landed();
    Path file = Path.of(landed.get(0).files().get(0).path());
    Files.writeString(file, Deliveries.line(3, "3", "data"), APPEND);
    assertThat(landLater(config).landed()).extracting(Delivery::rows).containsExactly(2L);

    Path receipt = file.resolveSibling("_delivery.json");
    String written = Files.readString(receipt);
    Files.writeString(receipt, written.replace("\"code number\" : \"", "\"code number\" : \"0"));
    assertThat(landLater(config).landed()).extracting(Delivery::rows).containsExactly(3L);

    Files.writeString(receipt, written.replaceFirst("(?s),\\s*\"readBy\".*", "}"));
    assertThat(Files.readString(receipt)).doesNotContain("readBy");
    assertThat(landLater(config).landed()).extracting(Delivery::rows).containsExactly(3L);
  }

  @Test
  void saysWhetherSettingsOrTheVersionCannotReadAPinOfAnEarlierRun() throws IOException {
    deliveries.write("2026-09/bill.csv", GOOD);
    Config config = deliveries.config("aws-cur");
    List<Delivery> landed = deliveries.land(config, List.of()).landed();
    String columns = ", columns: {line_item_usage_start_date: Begin}";
    Config changed = deliveries.config("aws-cur", deliveries.exports().toString(), columns);
    assertThat(onlyRefusal(landLater(changed)).message())
        .startsWith("Refused the settings of source src for delivery");

    Path file = Path.of(landed.get(0).files().get(0).path());
    Files.writeString(file, GOOD.replace("lineItem/UsageStartDate", "lineItem/Begin"));
    Path receipt = file.resolveSibling("_delivery.json");
    String written = Files.readString(receipt);
    Files.writeString(receipt, written.replace("\"kind aws-cur\" : \"", "\"kind aws-cur\" : \"0"));
    assertThat(onlyRefusal(landLater(config)).message())
        .startsWith("This version of Costlake cannot read delivery");
  }

  private static LandResult landLater(Config config) {
    Instant later = Deliveries.NOW.plusSeconds(60);
    return Landing.land(config, "run-2", later, List.of(), Set.of(), Progress.SILENT);
  }

  @Test
  void namesTheSettingsWithWhichAnEarlierDeliveryCannotBeRead() throws IOException {
    deliveries.write("2026-09/bill.csv", GOOD);
    List<Delivery> landed = deliveries.land(deliveries.config("aws-cur"), List.of()).landed();
    String columns = ", columns: {line_item_usage_start_date: Begin}";
    Config changed = deliveries.config("aws-cur", deliveries.exports().toString(), columns);
    LandResult.Refusal refusal = onlyRefusal(Landing.readAgain(changed, landed, any -> true));
    assertThat(refusal.message())
        .startsWith("Refused the settings of source src for delivery")
        .contains("line_item_usage_start_date", "restore the settings in sources.yml");
    assertThat(onlyRefusal(Landing.readAgain(changed, landed, any -> false)).message())
        .startsWith("This version of Costlake cannot read delivery");
  }

  @Test
  void keepsFewRejectsOfEachOfManyFilesThatAreReadAgain() throws IOException {
    for (int file = 1; file <= 11; file++) {
      StringBuilder bill = new StringBuilder(Deliveries.HEADER.replace("\n", ",Started\n"));
      for (int row = 1; row <= 1000; row++) {
        bill.append(Deliveries.line(1, file + "." + row, "data").replace("\n", ",\n"));
      }
      deliveries.write("2026-09/part-" + file + ".csv", bill.toString());
    }
    List<Delivery> landed = deliveries.land(deliveries.config("aws-cur"), List.of()).landed();
    String columns = ", columns: {line_item_usage_start_date: Started}";
    Config changed = deliveries.config("aws-cur", deliveries.exports().toString(), columns);
    LandResult read = Landing.readAgain(changed, landed, any -> true);
    assertThat(read.unchanged()).extracting(Delivery::rejected).containsExactly(11_000L);
    assertThat(read.rejects()).hasSize(11 * 909);
  }

  @Test
  void removesAnUnfinishedPin() throws IOException {
    deliveries.write("2026-09/bill.csv", GOOD);
    Path half = folder.resolve("lake/bronze/src/.pinning/bill.csv");
    Files.createDirectories(half.getParent());
    Files.writeString(half, "half of it");
    deliveries.land(deliveries.config("aws-cur"), List.of());
    assertThat(half).doesNotExist();
    assertThat(deliveries.pinned()).hasSize(2);
  }

  @Test
  void refusesAManifestThatNamesAFileThatIsNotThere() throws IOException {
    deliveries.write(KEY.substring(1), GOOD);
    deliveries.manifest("a1", KEY, KEY.replace("rep-1", "rep-2"));
    LandResult.Refusal refusal =
        onlyRefusal(deliveries.land(deliveries.config("aws-cur"), List.of()));
    assertThat(refusal.message())
        .contains("names 1 file(s) that do not exist")
        .contains("rep-2.csv.gz")
        .contains("Wait until the export is complete");
    assertThat(deliveries.pinned()).isEmpty();
  }

  @Test
  void refusesRowsOfAnotherMonthThanTheManifest() throws IOException {
    deliveries.write(
        KEY.substring(1), GOOD.replace("2026-09-01T00:00:00Z,Usage", "2026-07-01T00:00:00Z,Usage"));
    deliveries.manifest("a1", KEY);
    assertThat(onlyRefusal(deliveries.land(deliveries.config("aws-cur"), List.of())).message())
        .contains("the manifest or the folder name states 2026-09, but the rows are of 2026-07");
  }

  @Test
  void refusesADeliveryThatLostMostOfItsRowsAndKeepsTheOld() throws IOException {
    deliveries.write("2026-09/bill.csv", GOOD + Deliveries.line(3, "1", "x"));
    Config config = deliveries.config("aws-cur");
    LandResult first = deliveries.land(config, List.of());
    deliveries.write("2026-09/bill.csv", Deliveries.HEADER + Deliveries.line(1, "1.5", "search"));
    LandResult second = deliveries.land(config, first.current());
    assertThat(onlyRefusal(second).message())
        .contains("it has 1 rows where delivery")
        .contains("had 3")
        .contains("lost_rows_ratio_max 0.5");
    assertThat(second.unchanged()).isEqualTo(first.landed());
  }

  @Test
  void refusesAnEmptyMonthInPlaceOfAFullOneAndTakesItWhereThereWasNone() throws IOException {
    deliveries.write("2026-09/bill.csv", Deliveries.HEADER);
    Config config = deliveries.config("aws-cur");
    LandResult empty = deliveries.land(config, List.of());
    assertThat(empty.landed()).hasSize(1);
    assertThat(empty.landed().get(0).rows()).isZero();
    deliveries.write("2026-09/bill.csv", GOOD);
    LandResult full = deliveries.land(config, empty.current());
    assertThat(full.landed()).hasSize(1);
    deliveries.write("2026-09/bill.csv", Deliveries.HEADER + "\n");
    assertThat(onlyRefusal(deliveries.land(config, full.current())).message())
        .contains("it has 0 rows");
  }

  @Test
  void refusesATruncatedGzip() throws IOException {
    byte[] whole =
        Deliveries.gzip(
            (GOOD + Deliveries.line(4, "7", "z").repeat(2000)).getBytes(StandardCharsets.UTF_8));
    Path file = deliveries.write("2026-09/bill.csv.gz", GOOD);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThat(onlyRefusal(deliveries.land(deliveries.config("aws-cur"), List.of())).message())
        .contains("bill.csv.gz")
        .contains("the compressed data ends too early")
        .contains("deliver it again");
    assertThat(deliveries.pinned()).filteredOn(p -> !p.toString().contains(".pinning")).isEmpty();
  }

  @Test
  void takesEveryMemberOfAGzip() throws IOException {
    Path file = deliveries.write("2026-09/bill.csv.gz", GOOD);
    Files.write(file, Deliveries.gzip(bytes(Deliveries.line(3, "4", "x"))), APPEND);
    LandResult result = deliveries.land(deliveries.config("aws-cur"), List.of());
    assertThat(result.refused()).isEmpty();
    assertThat(result.landed().get(0).rows()).isEqualTo(3);
  }

  @Test
  void refusesAGzipWhoseSecondMemberIsDamaged() throws IOException {
    Path file = deliveries.write("2026-09/bill.csv.gz", GOOD);
    byte[] second = Deliveries.gzip(bytes(Deliveries.line(3, "4", "x")));
    second[0] = 0;
    Files.write(file, second, APPEND);
    assertThat(onlyRefusal(deliveries.land(deliveries.config("aws-cur"), List.of())).message())
        .contains("bill.csv.gz: after the first gzip member, at byte ")
        .contains("bytes that are not a gzip member. The file is truncated or damaged");
    deliveries.write("2026-09/benefits.csv.gz", "model_id,month,kind\nm,2026-09,revenue\n");
    Files.delete(file);
    Files.write(deliveries.exports().resolve("2026-09/benefits.csv.gz"), second, APPEND);
    assertThat(onlyRefusal(deliveries.land(deliveries.config("benefits"), List.of())).message())
        .contains("benefits.csv.gz: after the first gzip member");
  }

  @Test
  void refusesAnAnswerWhoseSecondGzipMemberIsDamaged() throws IOException {
    Path file = deliveries.write("2026-09-13/pod-labels.json.gz", ANSWER);
    Files.write(file, new byte[] {'P', 'K'}, APPEND);
    assertThat(onlyRefusal(deliveries.land(prometheus(), List.of())).message())
        .contains("pod-labels.json.gz: after the first gzip member");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void refusesATruncatedParquet() throws IOException {
    Path file = deliveries.write("2026-09/bill.parquet", "PAR1 and then it was cut");
    assertThat(onlyRefusal(deliveries.land(deliveries.config("aws-cur"), List.of())).message())
        .contains(file.getFileName().toString())
        .contains("truncated or is not Parquet");
  }

  @Test
  void refusesAHeaderThatNamesAColumnTwice() throws IOException {
    deliveries.write(
        "2026-09/bill.csv", GOOD.replace("identity/LineItemId", "lineItem/UnblendedCost"));
    assertThat(onlyRefusal(deliveries.land(deliveries.config("aws-cur"), List.of())).message())
        .contains("the header has column 'lineItem/UnblendedCost' twice");
  }

  @Test
  void asksAboutAMisspeltColumn() throws IOException {
    deliveries.write(
        "2026-09/bill.csv", GOOD.replace("lineItem/UnblendedCost", "lineItem/UnblendedCots"));
    assertThat(onlyRefusal(deliveries.land(deliveries.config("aws-cur"), List.of())).message())
        .contains("it has no column line_item_unblended_cost")
        .contains("Is 'lineItem/UnblendedCots' a misspelling of it?");
  }

  @Test
  void refusesUtf16() throws IOException {
    Path file = deliveries.write("2026-09/bill.csv", GOOD);
    Files.write(file, ("\uFEFF" + GOOD).getBytes(StandardCharsets.UTF_16LE));
    assertThat(onlyRefusal(deliveries.land(deliveries.config("aws-cur"), List.of())).message())
        .contains("it is UTF-16");
  }

  @Test
  void stopsWhenMoreRowsAreRejectedThanTheLimitAndSaysWhich() throws IOException {
    deliveries.write(
        "2026-09/bill.csv",
        GOOD
            + Deliveries.line(3, "\"1,234.56\"", "x")
            + "too,short\n"
            + Deliveries.line(4, "1", "y"));
    LandResult result = deliveries.land(deliveries.config("aws-cur"), List.of());
    assertThat(onlyRefusal(result).message())
        .contains("2 of 5 rows cannot be read")
        .contains("rejected_rows_ratio_max 0.001")
        .contains("bill.csv line 4, lineItem/UnblendedCost is not a number that fits");
    assertThat(result.rejects()).extracting(r -> r.row()).containsExactly(4L, 5L);
    assertThat(result.rejects().get(1).reason()).isEqualTo("2 fields where the header has 9");
    assertThat(result.rejects().get(1).raw()).isEqualTo("too,short");
  }

  @Test
  void keepsRejectsWithinTheLimitAndTakesTheRest() throws IOException {
    deliveries.write(
        "2026-09/bill.csv", GOOD + Deliveries.line(3, "1", "y").repeat(2000) + "too,short\n");
    LandResult result = deliveries.land(deliveries.config("aws-cur"), List.of());
    assertThat(result.refused()).isEmpty();
    assertThat(result.landed()).hasSize(1);
    assertThat(result.rejects()).hasSize(1);
    assertThat(result.rejects().get(0).file())
        .startsWith("bronze/src/2026-09/")
        .endsWith("/bill.csv");
  }

  @Test
  void hostileNamesStayBelowTheLake() throws IOException {
    deliveries.write("2026-09/'; drop table x --$(rm).csv", GOOD);
    deliveries.write("2026-09/=cmd().csv", Deliveries.HEADER + Deliveries.line(3, "1", "y"));
    LandResult result = deliveries.land(deliveries.config("aws-cur"), List.of());
    assertThat(result.refused()).isEmpty();
    assertThat(deliveries.pinned())
        .extracting(p -> p.getFileName().toString())
        .containsExactlyInAnyOrder("=cmd__.csv", "_drop_table_x_--__rm_.csv", "_delivery.json");
  }

  @Test
  void anIdWithParentFoldersStaysBelowTheLake() throws IOException {
    deliveries.write(KEY.substring(1), GOOD);
    deliveries.manifest("../../../etc/passwd", KEY);
    LandResult result = deliveries.land(deliveries.config("aws-cur"), List.of());
    assertThat(result.landed()).hasSize(1);
    assertThat(deliveries.pinned())
        .allSatisfy(p -> assertThat(p.toString()).startsWith("src/2026-09/_"));
  }

  @Test
  void saysWhenNothingIsThere() throws IOException {
    Files.createDirectories(deliveries.exports());
    Config config = deliveries.config("aws-cur");
    assertThatThrownBy(() -> deliveries.land(config, List.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("there is no file that can be read at " + deliveries.exports());
  }

  @Test
  void pinsAnswersByDay() throws IOException {
    deliveries.write("2026-09-13/pod-usage-cpu-cores.json", ANSWER);
    deliveries.write("2026-09-14/pod-usage-cpu-cores.json", ANSWER);
    deliveries.write("2026-10-01/pod-usage-cpu-cores.json", ANSWER);
    Config config = prometheus();
    LandResult result = deliveries.land(config, List.of());
    assertThat(result.landed())
        .extracting(d -> d.billingPeriod().toString())
        .containsExactly("2026-09-13", "2026-09-14");
    assertThat(deliveries.land(config, result.current()).landed()).isEmpty();
  }

  @Test
  void pinsAnswersOfAFlatFolderByTheDaysOfTheirSamples() throws IOException {
    deliveries.write("pod-labels", answer(1789344000, 1789430399));
    deliveries.write("pod-usage-cpu-cores.json.gz", answer(1789343999, 1789344000));
    deliveries.write("vm_info", "not read");
    LandResult result = deliveries.land(prometheus(), List.of());
    assertThat(result.refused()).isEmpty();
    assertThat(result.landed())
        .extracting(d -> d.billingPeriod() + " " + d.files().size() + " " + d.rows())
        .containsExactly("2026-09-13 1 2", "2026-09-14 2 4");
  }

  @Test
  void refusesTheDayOfACutAnswerAndTakesTheOthers() throws IOException {
    deliveries.write("2026-09-13/pod-labels.json", ANSWER);
    deliveries.write("2026-09-14/pod-labels.json", ANSWER.substring(0, ANSWER.length() - 4));
    LandResult result = deliveries.land(prometheus(), List.of());
    assertThat(result.landed())
        .extracting(d -> d.billingPeriod().toString())
        .containsExactly("2026-09-13");
    assertThat(result.refused())
        .singleElement()
        .satisfies(
            refusal ->
                assertThat(refusal.message())
                    .contains("2026-09-14/pod-labels.json")
                    .contains("The response is truncated or is not JSON: fetch it again.")
                    .doesNotContain("REDACTED"));
  }

  private Config prometheus() throws IOException {
    return deliveries.config(
        "prometheus", deliveries.exports().toString(), ", cluster: c1, step_s: 300");
  }

  private static String answer(long... seconds) {
    String values =
        Arrays.stream(seconds)
            .mapToObj(second -> "[" + second + ",\"1\"]")
            .collect(Collectors.joining(","));
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":"
        + "[{\"metric\":{\"pod\":\"a\"},\"values\":["
        + values
        + "]}]}}";
  }
}
