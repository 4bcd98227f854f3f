package costlake.land.read.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import costlake.land.read.TableFiles;
import costlake.land.read.rows.FieldCheck;
import costlake.land.read.rows.FilePlan;
import costlake.land.read.rows.FileSlice;
import costlake.land.read.rows.Layout;
import costlake.land.read.rows.RowReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.util.Utf8;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroRowReaderTest {
  private static final int BLOCK_BYTES = 4_096;

  @TempDir Path folder;

  private static Schema schema(String fields) {
    return new Schema.Parser()
        .parse("{\"type\":\"record\",\"name\":\"Row\",\"fields\":[" + fields + "]}");
  }

  private Path written(Schema schema, String codec, List<GenericRecord> rows) throws IOException {
    Path file = folder.resolve("rows.avro");
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.setCodec(CodecFactory.fromString(codec)).setSyncInterval(BLOCK_BYTES);
      writer.create(schema, file.toFile());
      for (GenericRecord row : rows) {
        writer.append(row);
      }
    }
    return file;
  }

  private static FilePlan plan(Path file, List<FieldCheck> checks) {
    return new FilePlan(
        file.toString(),
        TableFiles.columns(file),
        Map.of(),
        checks,
        "NULL",
        List.of(),
        null,
        false,
        Layout.PLAIN,
        0,
        false,
        Set.of());
  }

  private static List<List<String>> texts(FilePlan plan, Set<Integer> wanted, FileSlice slice)
      throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (RowReader reader = TableFiles.open(plan, wanted, slice)) {
      while (reader.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < plan.width(); i++) {
          UTF8String text = reader.text(i);
          row.add(text == null ? null : text.toString());
        }
        row.add(Long.toString(reader.number()));
        rows.add(row);
      }
    }
    return rows;
  }

  private static List<List<String>> texts(Path file) throws IOException {
    FilePlan plan = plan(file, List.of());
    return texts(plan, plan.positions(), FileSlice.WHOLE);
  }

  private Path numbers(String codec, int count) throws IOException {
    Schema schema =
        schema("{\"name\":\"n\",\"type\":\"long\"},{\"name\":\"pad\",\"type\":\"string\"}");
    List<GenericRecord> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          new GenericRecordBuilder(schema).set("n", (long) i).set("pad", "pad " + i * 31).build());
    }
    return written(schema, codec, rows);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "zstandard"})
  void readsEachRowOnceUnderItsNumberWithEveryCodecAndInSlices(String codec) throws IOException {
    Path file = numbers(codec, 5_000);
    List<List<String>> whole = texts(file);
    assertThat(whole).hasSize(5_000);
    assertThat(whole.get(4_999)).containsExactly("4999", "pad 154969", "5000");
    FilePlan plan = plan(file, List.of());
    List<FileSlice> slices = TableFiles.slices(plan, BLOCK_BYTES);
    assertThat(slices).hasSizeGreaterThan(2);
    List<List<String>> inSlices = new ArrayList<>();
    for (FileSlice slice : slices) {
      List<List<String>> some = texts(plan, Set.of(0), slice);
      assertThat(some).isNotEmpty();
      inSlices.addAll(some);
    }
    assertThat(inSlices)
        .extracting(row -> row.get(0) + row.get(2))
        .isEqualTo(whole.stream().map(row -> row.get(0) + row.get(2)).toList());
    assertThat(inSlices).extracting(row -> row.get(1)).containsOnlyNulls();
  }

  @Test
  void readsAFileWithoutRows() throws IOException {
    Path file = numbers("null", 0);
    assertThat(TableFiles.columns(file)).containsExactly("n", "pad");
    assertThat(texts(file)).isEmpty();
  }

  private static String logical(String name, String type, String logical) {
    return "{\"name\":\"%s\",\"type\":[\"null\",{\"type\":%s,\"logicalType\":\"%s\"}],\"default\":null}"
        .formatted(name, type, logical);
  }

  private static Schema everyType() {
    return schema(
        String.join(
            ",",
            "{\"name\":\"flag\",\"type\":[\"null\",\"boolean\"],\"default\":null}",
            "{\"name\":\"f\",\"type\":[\"null\",\"float\"],\"default\":null}",
            "{\"name\":\"d\",\"type\":[\"null\",\"double\"],\"default\":null}",
            "{\"name\":\"mixed\",\"type\":[\"null\",\"long\",\"string\",\"double\"],\"default\":null}",
            "{\"name\":\"bytes\",\"type\":[\"null\",\"bytes\"],\"default\":null}",
            "{\"name\":\"kind\",\"type\":[\"null\",{\"type\":\"enum\",\"name\":\"Kind\",\"symbols\":[\"A\",\"B\"]}],\"default\":null}",
            logical("money", "\"bytes\",\"precision\":38,\"scale\":21", "decimal"),
            logical(
                "fixed",
                "\"fixed\",\"name\":\"Nine\",\"size\":9,\"precision\":20,\"scale\":2",
                "decimal"),
            logical("day", "\"int\"", "date"),
            logical("time", "\"int\"", "time-millis"),
            logical("time_us", "\"long\"", "time-micros"),
            logical("ms", "\"long\"", "timestamp-millis"),
            logical("us", "\"long\"", "timestamp-micros"),
            logical("ns", "\"long\"", "timestamp-nanos"),
            logical("local", "\"long\"", "local-timestamp-micros"),
            logical("id", "\"fixed\",\"name\":\"Sixteen\",\"size\":16", "uuid")));
  }

  @Test
  void spellsValuesAsThoseOfParquet() throws IOException {
    Schema schema = everyType();
    byte[] sixteen = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    byte[] minusOne = new byte[9];
    Arrays.fill(minusOne, (byte) 0xFF);
    GenericRecord row =
        new GenericRecordBuilder(schema)
            .set("flag", true)
            .set("f", 0.00042f)
            .set("d", 1.25e10)
            .set("mixed", new Utf8("12 apples"))
            .set("bytes", ByteBuffer.wrap(new byte[] {(byte) 0xFF, 'a'}))
            .set("kind", new GenericData.EnumSymbol(at(schema, "kind"), "B"))
            .set(
                "money",
                ByteBuffer.wrap(
                    new BigDecimal("-12345678901234567.123456789012345678901")
                        .unscaledValue()
                        .toByteArray()))
            .set("fixed", new GenericData.Fixed(at(schema, "fixed"), minusOne))
            .set("day", 20_710)
            .set("time", 36_000_000)
            .set("time_us", -1L)
            .set("ms", 1_789_380_000_500L)
            .set("us", 1_789_380_000_000_001L)
            .set("ns", 1_789_380_000_123_456_700L)
            .set("local", -1L)
            .set("id", new GenericData.Fixed(at(schema, "id"), sixteen))
            .build();
    GenericRecord empty = new GenericRecordBuilder(schema).build();
    assertThat(texts(written(schema, "null", List.of(row, empty))))
        .containsExactly(
            List.of(
                "true",
                "0.00042",
                "12500000000.0",
                "12 apples",
                "/2E=",
                "B",
                "-12345678901234567.123456789012345678901",
                "-0.01",
                "2026-09-14",
                "10:00",
                "-1",
                "2026-09-14 10:00:00.5",
                "2026-09-14 10:00:00.000001",
                "2026-09-14 10:00:00.1234567",
                "1969-12-31 23:59:59.999999",
                "00010203-0405-0607-0809-0a0b0c0d0e0f",
                "1"),
            nullsAnd("2", 16));
  }

  @Test
  void bytesThatAreTextAreText() throws IOException {
    Schema schema = schema("{\"name\":\"bytes\",\"type\":\"bytes\"}");
    byte[] text = "Grün".getBytes(StandardCharsets.UTF_8);
    GenericRecord row =
        new GenericRecordBuilder(schema).set("bytes", ByteBuffer.wrap(text)).build();
    assertThat(texts(written(schema, "null", List.of(row)))).containsExactly(List.of("Grün", "1"));
  }

  @Test
  void readsASchemaWithNamesAndDefaultsThatTheSpecificationForbids() throws IOException {
    Schema schema =
        new Schema.Parser(NameValidator.NO_VALIDATION)
            .setValidateDefaults(false)
            .parse(
                """
                {"type": "record", "name": "Row", "fields": [
                  {"name": "lineItem/Cost", "type": "string", "default": 1}]}
                """);
    GenericRecord row = new GenericData.Record(schema);
    row.put(0, "1.5");
    Path file = written(schema, "null", List.of(row));
    assertThat(TableFiles.columns(file)).containsExactly("lineItem/Cost");
    assertThat(texts(file)).containsExactly(List.of("1.5", "1"));
  }

  private static Schema at(Schema schema, String field) {
    return schema.getField(field).schema().getTypes().get(1);
  }

  private static List<String> nullsAnd(String last, int nulls) {
    List<String> texts = new ArrayList<>(Collections.nCopies(nulls, null));
    texts.add(last);
    return texts;
  }

  @Test
  void spellsNestedValuesAsJsonWithExactNumbers() throws IOException {
    Schema schema =
        schema(
            """
            {"name": "tags", "type": {"type": "map", "values": ["null", "string", "double"]}},
            {"name": "list", "type": {"type": "array", "items": {"type": "record", "name": "Part",
              "fields": [{"name": "x", "type": {"type": "bytes", "logicalType": "decimal",
              "precision": 30, "scale": 19}}, {"name": "y", "type": ["null", "string"]}]}}},
            {"name": "deep", "type": ["null", {"type": "record", "name": "Deep", "fields": [
              {"name": "part", "type": "Part"}, {"name": "days", "type": {"type": "array",
              "items": {"type": "int", "logicalType": "date"}}}]}]}
            """);
    Schema partSchema = schema.getField("list").schema().getElementType();
    GenericRecord part =
        new GenericRecordBuilder(partSchema)
            .set(
                "x",
                ByteBuffer.wrap(
                    new BigDecimal("0.1000000000000000055").unscaledValue().toByteArray()))
            .set("y", null)
            .build();
    GenericRecord other =
        new GenericRecordBuilder(partSchema)
            .set("x", ByteBuffer.wrap(new byte[] {1}))
            .set("y", "a \"b\"\n")
            .build();
    Schema deepSchema = at(schema, "deep");
    GenericRecord row =
        new GenericRecordBuilder(schema)
            .set("tags", Map.of("team", "ü"))
            .set("list", List.of(part, other))
            .set(
                "deep",
                new GenericRecordBuilder(deepSchema)
                    .set("part", part)
                    .set("days", List.of(0, 20_710))
                    .build())
            .build();
    Path file = written(schema, "deflate", List.of(row));
    assertThat(texts(file))
        .containsExactly(
            List.of(
                "{\"team\":\"ü\"}",
                "[{\"x\":0.1000000000000000055},{\"x\":0.0000000000000000001,\"y\":\"a \\\"b\\\"\\n"
                    + "\"}]",
                "{\"part\":{\"x\":0.1000000000000000055},\"days\":[\"1970-01-01\",\"2026-09-14\"]}",
                "1"));
    FilePlan plan = plan(file, List.of(new FieldCheck(0, "tags", FieldCheck.Rule.JSON_OBJECT)));
    try (RowReader reader = TableFiles.open(plan, Set.of(), FileSlice.WHOLE)) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.reject()).isNull();
      assertThat(reader.object(0))
          .containsExactly(Map.entry(UTF8String.fromString("team"), UTF8String.fromString("ü")));
    }
  }

  @Test
  void recordsRoundedAmountsAndRejectsInvalidOnes() throws IOException {
    Schema schema = schema("{\"name\":\"cost\",\"type\":[\"double\",\"string\"]}");
    List<GenericRecord> rows = new ArrayList<>();
    for (Object cost :
        List.of(Double.valueOf("1.2345678901234567e-7"), 0.5, "twelve", Double.NaN)) {
      rows.add(new GenericRecordBuilder(schema).set("cost", cost).build());
    }
    FilePlan plan =
        plan(
            written(schema, "null", rows),
            List.of(new FieldCheck(0, "cost", FieldCheck.Rule.MONEY)));
    try (RowReader reader = TableFiles.open(plan, plan.positions(), FileSlice.WHOLE)) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.text(0)).hasToString("0.000000123456789012346");
      assertThat(reader.repairs()).containsExactly("rounded_to_21_digits:cost");
      assertThat(reader.next()).isTrue();
      assertThat(reader.repairs()).isEmpty();
      assertThat(reader.next()).isTrue();
      assertThat(reader.reject())
          .isEqualTo("cost is not a number that fits decimal(38,21): 'twelve'");
      assertThat(reader.raw()).isEqualTo("{\"cost\":\"twelve\"}");
      assertThat(reader.next()).isTrue();
      assertThat(reader.reject()).contains("'NaN'");
      assertThat(reader.next()).isFalse();
    }
  }

  @Test
  void refusesAFileThatIsCutAnywhere() throws IOException {
    Path file = numbers("deflate", 3_000);
    byte[] whole = Files.readAllBytes(file);
    AvroFile frame = AvroFile.of(file);
    Set<Long> ends = new java.util.HashSet<>();
    frame.blocks().forEach(block -> ends.add(block.start()));
    for (int bytes = 0; bytes < whole.length; bytes += 97) {
      Files.write(file, Arrays.copyOf(whole, bytes));
      if (!ends.contains((long) bytes)) {
        assertThatThrownBy(() -> TableFiles.columns(file))
            .as("%d bytes", bytes)
            .isInstanceOf(Failure.class)
            .hasMessageStartingWith("Cannot read " + file + ": it ")
            .hasMessageEndingWith("The file is truncated or damaged; deliver it again.");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "zstandard"})
  void reportsEveryDamage(String codec) throws IOException {
    Path file = numbers(codec, 3_000);
    byte[] whole = Files.readAllBytes(file);
    List<List<String>> good = texts(file);
    for (int at = 0; at < whole.length; at += 101) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) 0xA5;
      Files.write(file, damaged);
      try {
        assertThat(texts(file)).as("byte %d", at).hasSameSizeAs(good);
      } catch (IOException | Failure e) {
        assertThat(e.getMessage()).as("byte %d", at).isNotBlank().doesNotContain("null");
      }
    }
  }

  @Test
  void refusesOtherFilesAndRecursiveTypes() throws IOException {
    Path file = Files.writeString(folder.resolve("text.avro"), "a,b\n1,2\n");
    assertThatThrownBy(() -> TableFiles.columns(file))
        .hasMessageContaining("it is not an Avro file");
    Schema schema =
        schema(
            "{\"name\":\"list\",\"type\":[\"null\",{\"type\":\"record\",\"name\":\"Node\",\"fields\":"
                + "[{\"name\":\"next\",\"type\":[\"null\",\"Node\"]}]}]}");
    Path nested = written(schema, "null", List.of());
    assertThatThrownBy(() -> texts(nested)).hasMessage("its type Node has itself as a part");
  }
}
