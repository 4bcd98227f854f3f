package costlake.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import costlake.config.Config;
import costlake.core.Delivery;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lands the same charges in every format, and damaged files of every format. */
class FormatsLandingTest {
  private static final List<String> COSTS = List.of("0.1000000000000000055", "1e-21", "-2.50");
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Cost", "fields": [
                {"name": "line_item_line_item_type", "type": "string"},
                {"name": "line_item_currency_code", "type": "string"},
                {"name": "line_item_usage_start_date",
                 "type": {"type": "long", "logicalType": "timestamp-micros"}},
                {"name": "bill_billing_period_start_date",
                 "type": {"type": "int", "logicalType": "date"}},
                {"name": "line_item_unblended_cost", "type": ["null",
                 {"type": "bytes", "logicalType": "decimal", "precision": 38, "scale": 21}]},
                {"name": "resource_tags", "type": {"type": "map", "values": ["null", "string"]}},
                {"name": "product", "type": ["null", {"type": "record", "name": "Product", "fields":
                 [{"name": "vcpu", "type": "int"}]}]}]}
              """);

  @TempDir Path folder;
  private final SparkSession spark = SparkHarness.spark();
  private Deliveries deliveries;

  @BeforeEach
  void makeFolder() {
    deliveries = new Deliveries(folder);
  }

  private static String csv() {
    StringBuilder text =
        new StringBuilder(
            "line_item_line_item_type,line_item_currency_code,line_item_usage_start_date,bill_billing_period_start_date,line_item_unblended_cost,resource_tags,product\n");
    COSTS.forEach(
        cost ->
            text.append("Usage,USD,2026-09-14T10:00:00Z,2026-09-01,")
                .append(cost)
                .append(",\"{\"\"team\"\": \"\"a\"\"}\",\"{\"\"vcpu\"\": 8}\"\n"));
    return text.toString();
  }

  private static String json() {
    StringBuilder text = new StringBuilder();
    COSTS.forEach(
        cost ->
            text.append(
                """
                {"line_item_line_item_type": "Usage", "line_item_currency_code": "USD", \
                "line_item_usage_start_date": "2026-09-14T10:00:00Z", \
                "bill_billing_period_start_date": "2026-09-01", "line_item_unblended_cost": %s, \
                "resource_tags": {"team": "a", "none": null}, "product": {"vcpu": 8}}
                """
                    .formatted(cost)));
    return text.toString();
  }

  private byte[] avro(String codec) throws IOException {
    Path file = folder.resolve("written.avro");
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(SCHEMA))) {
      writer.setCodec(CodecFactory.fromString(codec)).create(SCHEMA, file.toFile());
      for (String cost : COSTS) {
        writer.append(row(cost));
      }
    }
    return Files.readAllBytes(file);
  }

  private static GenericRecord row(String cost) {
    Schema product = SCHEMA.getField("product").schema().getTypes().get(1);
    byte[] unscaled = new BigDecimal(cost).setScale(21).unscaledValue().toByteArray();
    return new GenericRecordBuilder(SCHEMA)
        .set("line_item_line_item_type", "Usage")
        .set("line_item_currency_code", "USD")
        .set(
            "line_item_usage_start_date",
            Instant.parse("2026-09-14T10:00:00Z").getEpochSecond() * 1_000_000L)
        .set("bill_billing_period_start_date", 20_697)
        .set("line_item_unblended_cost", ByteBuffer.wrap(unscaled))
        .set("resource_tags", Map.of("team", "a"))
        .set("product", new GenericRecordBuilder(product).set("vcpu", 8).build())
        .build();
  }

  private byte[] bytes(String name) throws IOException {
    byte[] content =
        name.contains(".avro")
            ? avro(name.substring(0, name.indexOf('.')))
            : (name.contains(".csv") ? csv() : json()).getBytes(StandardCharsets.UTF_8);
    if (name.endsWith(".zst") || name.endsWith(".zstd")) {
      return Zstd.compress(content);
    }
    return name.endsWith(".gz") ? Deliveries.gzip(content) : content;
  }

  private Path deliver(String path, byte[] bytes) throws IOException {
    Path file = deliveries.exports().resolve(path);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  private List<String> rows(LandResult result, Config config) {
    Bronze.register(spark, config, result.landed());
    return spark
        .sql(
            "select concat_ws(' ', cast(line_item_unblended_cost as decimal(38,21)),"
                + " cast(line_item_usage_start_date as timestamp), resource_tags['team'],"
                + " size(resource_tags), product_vcpu) from bronze__aws_cur order by 1")
        .as(Encoders.STRING())
        .collectAsList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.csv",
        "a.csv.gz",
        "a.csv.zst",
        "a.json",
        "a.jsonl",
        "a.ndjson",
        "a.json.gz",
        "a.ndjson.zst",
        "a.jsonl.zstd",
        "null.avro",
        "deflate.avro",
        "snappy.avro",
        "zstandard.avro"
      })
  void landsTheSameRowsFromEveryFormat(String name) throws IOException {
    deliver("2026-09/" + name, bytes(name));
    Config config = deliveries.config("aws-cur");
    LandResult result = deliveries.land(config, List.of());
    assertThat(result.refused()).isEmpty();
    assertThat(result.rejects()).isEmpty();
    assertThat(result.landed()).extracting(Delivery::rows).containsExactly(3L);
    assertThat(rows(result, config))
        .containsExactly(
            "-2.500000000000000000000 2026-09-14 10:00:00 a 1 8",
            "0.000000000000000000001 2026-09-14 10:00:00 a 1 8",
            "0.100000000000000005500 2026-09-14 10:00:00 a 1 8");
  }

  private String refusal() throws IOException {
    LandResult result = deliveries.land(deliveries.config("aws-cur"), List.of());
    assertThat(result.landed()).isEmpty();
    assertThat(deliveries.pinned()).filteredOn(p -> !p.toString().contains(".pinning")).isEmpty();
    assertThat(result.refused()).hasSize(1);
    return result.refused().get(0).message();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.csv.zst", "a.json", "a.json.gz", "a.json.zst", "null.avro", "snappy.avro"})
  void landsNothingOfAFileThatIsCutInTheMiddle(String name) throws IOException {
    byte[] whole = bytes(name);
    deliver("2026-09/" + name, Arrays.copyOf(whole, whole.length - 9));
    deliver("2026-09/good.csv", bytes("good.csv"));
    assertThat(refusal())
        .contains("2026-09/" + name + ": ")
        .contains("The file is truncated or damaged; deliver it again.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.csv.zst", "a.json.zst", "a.json.gz", "a.jsonl", "null.avro"})
  void landsNothingOfAFileThatIsFollowedByRubbish(String name) throws IOException {
    byte[] whole = bytes(name);
    byte[] more = Arrays.copyOf(whole, whole.length + 12);
    Arrays.fill(more, whole.length, more.length, (byte) 'x');
    deliver("2026-09/" + name, more);
    assertThat(refusal())
        .contains("2026-09/" + name + ": ")
        .contains("The file is truncated or damaged; deliver it again.");
  }

  @Test
  void rejectsLinesThatAreNoObjectAndNamesThem() throws IOException {
    deliver("2026-09/a.jsonl", (json() + "[1]\n" + json()).getBytes(StandardCharsets.UTF_8));
    assertThat(refusal())
        .contains("1 of 7 rows cannot be read")
        .contains("a.jsonl line 4, JSON that is no object");
  }

  @Test
  void seesTheSameContentInOtherCompressions() throws IOException {
    deliver("2026-09/a.jsonl", bytes("a.jsonl"));
    deliver("2026-09/b.json.zst", bytes("b.json.zst"));
    assertThat(refusal()).contains("its files a.jsonl and b.json.zst are the same");
  }

  @Test
  void findsTheMonthInTheRowsOfEveryFormat() throws IOException {
    for (String name : List.of("a.ndjson.gz", "null.avro", "a.csv.zst")) {
      Path file = deliver(name, bytes(name));
      LandResult result = deliveries.land(deliveries.config("aws-cur"), List.of());
      assertThat(result.refused()).isEmpty();
      assertThat(result.landed()).hasSize(1);
      Files.delete(file);
    }
  }

  @Test
  void jsonBesideBillsIsNoBill() throws IOException {
    deliver("2026-09/a.csv", bytes("a.csv"));
    deliver("2026-09/manifest.json", "{\n}\n".getBytes(StandardCharsets.UTF_8));
    deliver("2026-09/a.metadata.json.gz", new byte[] {1});
    Config config = deliveries.config("aws-cur");
    assertThat(deliveries.land(config, List.of()).landed().get(0).files()).hasSize(1);
    deliver("telemetry/up.json", "{\"status\":\"success\"}".getBytes(StandardCharsets.UTF_8));
    deliver("settings.json", "{\n  \"a\": 1\n}\n".getBytes(StandardCharsets.UTF_8));
    Path json = deliver("2026-09/b.json", bytes("b.json"));
    assertThat(Recognition.of(deliveries.exports()).others()).isEmpty();
    assertThat(
            Landing.adHoc(config, List.of(deliveries.exports()), Optional.empty())
                .deliveries()
                .get(0)
                .files())
        .extracting(file -> Path.of(file.path()).getFileName().toString())
        .containsExactlyInAnyOrder("a.csv", json.getFileName().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"b.json", "b.json.gz", "b.json.zst"})
  void aDamagedPartInAFolderIsNotLeftOut(String name) throws IOException {
    deliver("2026-09/a.csv", bytes("a.csv"));
    Config config = deliveries.config("aws-cur");
    byte[] whole = bytes(name);
    for (int length : new int[] {0, 100, whole.length - 9}) {
      deliver("2026-09/" + name, Arrays.copyOf(whole, length));
      assertThatThrownBy(
              () -> Landing.adHoc(config, List.of(deliveries.exports()), Optional.empty()))
          .as("%d bytes", length)
          .hasMessageContaining("2026-09/" + name + ": ");
    }
  }

  @Test
  void namesCompressedJsonThatIsNotRead() throws IOException {
    deliver("2026-09/a.csv", bytes("a.csv"));
    deliver("2026-09/b.json.bz2", new byte[] {1});
    deliver("2026-09/c.json.zip", new byte[] {1});
    Config config = deliveries.config("aws-cur");
    assertThat(
            Landing.adHoc(config, List.of(deliveries.exports()), Optional.empty())
                .notices()
                .toString())
        .contains("b.json.bz2", "c.json.zip");
  }

  @Test
  void findsARowWhoseKeysHaveAnotherOrderInAnotherPart() throws IOException {
    deliver("2026-09/a.jsonl", json().getBytes(StandardCharsets.UTF_8));
    String first = json().lines().findFirst().orElseThrow();
    String turned =
        first
            .replace("\"product\": {\"vcpu\": 8}", "\"line_item_line_item_type\": \"Usage\"")
            .replaceFirst("\"line_item_line_item_type\": \"Usage\"", "\"product\": {\"vcpu\": 8}");
    deliver("2026-09/b.jsonl", (turned + "\n").getBytes(StandardCharsets.UTF_8));
    Config config =
        deliveries.config("aws-cur", deliveries.exports().toString(), ", duplicate_rows: keep");
    assertThat(deliveries.land(config, List.of()).notices())
        .singleElement()
        .extracting(notice -> notice.message())
        .asString()
        .startsWith("1 of its rows, with a cost of ")
        .contains("b.jsonl line 1 as a.jsonl line 1");
  }

  @Test
  void convertReadsAFileThatIsNamed() throws IOException {
    Path json = deliver("b.json", bytes("b.json"));
    Config config = deliveries.config("aws-cur");
    List<Delivery> given = Landing.adHoc(config, List.of(json), Optional.empty()).deliveries();
    assertThat(given).extracting(Delivery::rows).containsExactly(3L);
    Bronze.register(spark, config, given);
    assertThat(spark.table("bronze__aws_cur").count()).isEqualTo(3);
  }
}
