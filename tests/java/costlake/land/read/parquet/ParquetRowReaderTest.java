package costlake.land.read.parquet;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.land.read.TableFiles;
import costlake.land.read.rows.FieldCheck;
import costlake.land.read.rows.FilePlan;
import costlake.land.read.rows.FileSlice;
import costlake.land.read.rows.Layout;
import costlake.land.read.rows.RowReader;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetRowReaderTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final SparkSession spark = SparkHarness.spark();

  private Path written(Dataset<Row> rows, Map<String, String> options) throws IOException {
    Path target = folder.resolve("written");
    rows.coalesce(1).write().options(options).parquet(target.toString());
    try (Stream<Path> files = Files.list(target)) {
      return files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  private static FilePlan plan(Path file, List<FieldCheck> checks) {
    List<String> columns = TableFiles.columns(file);
    return new FilePlan(
        file.toString(),
        columns,
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

  private static RowReader open(FilePlan plan) throws IOException {
    return ParquetRowReader.open(plan, plan.positions(), FileSlice.WHOLE);
  }

  private static List<List<String>> texts(Path file) throws IOException {
    FilePlan plan = plan(file, List.of());
    List<List<String>> rows = new ArrayList<>();
    try (RowReader reader = open(plan)) {
      while (reader.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < plan.width(); i++) {
          UTF8String text = reader.text(i);
          row.add(text == null ? null : text.toString());
        }
        rows.add(row);
      }
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TIMESTAMP_MICROS", "TIMESTAMP_MILLIS", "INT96"})
  void spellsPlainValuesAsTheEngineCastsThem(String timestamps) throws IOException {
    Dataset<Row> rows =
        spark.sql(
            "select cast(n as boolean) flag, cast(n as tinyint) tiny, cast(n as smallint) small,"
                + " cast(n as int) whole, cast(n as bigint) * 9007199254740993 big,"
                + " cast(n as decimal(5,2)) price, cast(n as decimal(18,6)) / 7 ratio,"
                + " cast(n as decimal(38,21)) / -3 money, cast(t as timestamp) instant,"
                + " cast(t as timestamp_ntz) local, cast(t as date) day, t text,"
                + " cast(t as binary) bytes from values (1, '2026-09-14 10:00:00'),"
                + " (0, '1969-12-31 23:59:59.75'), (-3, '1900-01-01 00:00:00.001'),"
                + " (42, '9999-12-31 23:59:59.999'), (null, null), (7, '2026-02-28') as v(n, t)");
    spark.conf().set("spark.sql.parquet.outputTimestampType", timestamps);
    Path file;
    try {
      file = written(rows, Map.of());
    } finally {
      spark.conf().unset("spark.sql.parquet.outputTimestampType");
    }
    List<List<String>> expected =
        spark
            .read()
            .parquet(file.toString())
            .selectExpr(
                Stream.of(rows.columns())
                    .map(name -> "cast(" + name + " as string) " + name)
                    .toArray(String[]::new))
            .collectAsList()
            .stream()
            .map(ParquetRowReaderTest::strings)
            .toList();
    assertThat(expected).hasSize(6);
    assertThat(texts(file)).isEqualTo(expected);
  }

  private static List<String> strings(Row row) {
    List<String> strings = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      strings.add(row.isNullAt(i) ? null : row.getString(i));
    }
    return strings;
  }

  @Test
  void spellsDoublesAsTheirShortestDecimalWhetherInADictionaryOrNot() throws IOException {
    String values =
        "values (0.1D), (1e-3D), (-0.0D), (4.2E-4D), (1.25E10D), (double('NaN')), (null), (1e30D)";
    List<String> expected =
        Arrays.asList(
            "0.1",
            "0.001",
            "0.0",
            "0.00042",
            "12500000000.0",
            "NaN",
            null,
            "1" + "0".repeat(30) + ".0");
    for (String dictionary : List.of("true", "false")) {
      Path file =
          written(
              spark.sql("select c, cast(c as float) f from " + values + " as v(c)"),
              Map.of("parquet.enable.dictionary", dictionary));
      assertThat(texts(file)).extracting(row -> row.get(0)).isEqualTo(expected);
      assertThat(texts(file))
          .extracting(row -> row.get(1))
          .startsWith("0.1", "0.001", "0.0", "0.00042", "12500000000.0", "NaN", null);
      org.apache.commons.io.FileUtils.deleteDirectory(folder.resolve("written").toFile());
    }
  }

  @Test
  void spellsNestedValuesAsTheJsonThatTheEngineMakesOfThem() throws IOException {
    Dataset<Row> rows =
        spark.sql(
            "select map('a', 1, 'b', cast(null as int)) counts, map('k \"q\"', 'ü\\n"
                + "') tags, array(1, null, 3) list, array(named_struct('x', 1.50, 'y', cast(null as"
                + " string))) structs, named_struct('n', named_struct('d', date'2026-09-01', 'b',"
                + " true), 'l', array(array('u'), array())) deep, map('m', array('1', '2')) lists"
                + " union all select null, map(), array(), null, null, null");
    Path file = written(rows, Map.of());
    List<Row> expected =
        rows.select(
                Stream.of(rows.columns())
                    .map(name -> to_json(col(name)))
                    .toArray(org.apache.spark.sql.Column[]::new))
            .collectAsList();
    List<List<String>> found = texts(file);
    assertThat(found).hasSize(2);
    for (int row = 0; row < 2; row++) {
      for (int i = 0; i < rows.columns().length; i++) {
        String json = found.get(row).get(i);
        String engine = expected.get(row).getString(i);
        assertThat(json == null ? null : JSON.readTree(json))
            .as("%s of row %d: %s", rows.columns()[i], row, json)
            .isEqualTo(engine == null ? null : JSON.readTree(engine));
      }
    }
  }

  @Test
  void givesTheMembersOfMapsAndOfJsonTextWithoutNulls() throws IOException {
    Path file =
        written(
            spark.sql(
                "select map('a', '1', 'b', cast(null as string)) m, '{\"a\": 1, \"b\": null}' j,"
                    + " 'no json' n union all select null, null, ''"),
            Map.of());
    FilePlan plan = plan(file, List.of(new FieldCheck(2, "n", FieldCheck.Rule.JSON_OBJECT)));
    try (RowReader reader = open(plan)) {
      UTF8String a = UTF8String.fromString("a");
      assertThat(reader.next()).isTrue();
      assertThat(reader.object(0)).containsExactly(Map.entry(a, UTF8String.fromString("1")));
      assertThat(reader.object(1)).containsExactly(Map.entry(a, UTF8String.fromString("1")));
      assertThat(reader.reject()).isEqualTo("n is not a JSON object: 'no json'");
      assertThat(reader.next()).isTrue();
      assertThat(reader.object(0)).isEmpty();
      assertThat(reader.object(1)).isEmpty();
      assertThat(reader.reject()).isNull();
      assertThat(reader.next()).isFalse();
    }
  }

  @Test
  void slicesHaveEachRowOnceUnderItsNumber() throws IOException {
    Path file =
        written(
            spark.sql(
                "select cast(id as string) id, concat(uuid(), uuid(), uuid(), uuid()) pad"
                    + " from range(60000)"),
            Map.of("parquet.block.size", "1048576", "parquet.page.row.count.limit", "1000"));
    long bytes = Files.size(file);
    List<FileSlice> slices = ParquetFooter.slices(file, 1);
    assertThat(slices).hasSizeGreaterThan(3);
    assertThat(ParquetFooter.slices(file, bytes / 2)).hasSize(2);
    List<FileSlice> halves =
        List.of(new FileSlice(0, bytes / 2), new FileSlice(bytes / 2, Long.MAX_VALUE));
    FilePlan plan = plan(file, List.of());
    for (List<FileSlice> cut : List.of(slices, halves)) {
      long rows = 0;
      for (FileSlice slice : cut) {
        long before = rows;
        try (RowReader part = TableFiles.open(plan, Set.of(0), slice)) {
          while (part.next()) {
            assertThat(part.text(0)).hasToString(Long.toString(rows));
            rows++;
            assertThat(part.number()).isEqualTo(rows);
          }
        }
        assertThat(rows).isGreaterThan(before);
      }
      assertThat(rows).isEqualTo(60_000);
    }
  }

  private Path other(String message, Consumer<Group> first) throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType("message other {" + message + "}");
    Path file = folder.resolve("other.parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .withType(schema)
            .build()) {
      Group row = new SimpleGroupFactory(schema).newGroup();
      first.accept(row);
      writer.write(row);
      writer.write(new SimpleGroupFactory(schema).newGroup());
    }
    return file;
  }

  @Test
  void readsTypesThatTheEngineDoesNot() throws IOException {
    byte[] sixteen = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    Path file =
        other(
            """
            optional int64 nanos (TIMESTAMP(NANOS,true));
            optional int64 before (TIMESTAMP(NANOS,true));
            optional int64 far (TIMESTAMP(MILLIS,true));
            optional int64 huge (INTEGER(64,false));
            optional int32 wide (INTEGER(32,false));
            optional int32 time (TIME(MILLIS,true));
            optional int64 late (TIME(NANOS,true));
            optional fixed_len_byte_array(16) id (UUID);
            optional binary text;
            optional binary broken (STRING);
            optional fixed_len_byte_array(2) half (FLOAT16);
            """,
            row -> {
              row.add("nanos", 1_789_380_000_123_456_700L);
              row.add("before", -1L);
              row.add("far", Long.MAX_VALUE);
              row.add("huge", -1L);
              row.add("wide", -1);
              row.add("time", 36_000_000);
              row.add("late", 86_400_000_000_000L);
              row.add("id", Binary.fromConstantByteArray(sixteen));
              row.add("text", "12");
              row.add("broken", Binary.fromConstantByteArray(new byte[] {(byte) 0xFF, 'a'}));
              row.add("half", Binary.fromConstantByteArray(new byte[] {'1', '2'}));
            });
    assertThat(texts(file))
        .containsExactly(
            List.of(
                "2026-09-14 10:00:00.1234567",
                "1969-12-31 23:59:59.999999999",
                "9223372036854775807",
                "18446744073709551615",
                "4294967295",
                "10:00",
                "86400000000000",
                "00010203-0405-0607-0809-0a0b0c0d0e0f",
                "12",
                "/2E=",
                "MTI="),
            Collections.nCopies(11, null));
  }

  @Test
  void readsNestedValuesAsOlderWritersWriteThem() throws IOException {
    Path file =
        other(
            """
            repeated binary words (STRING);
            optional group old (LIST) { repeated int32 array; }
            optional group pairs (MAP) {
              repeated group map { optional binary key (STRING); optional double value; }
            }
            optional group lists (MAP_KEY_VALUE) {
              repeated group map { required binary key (STRING); repeated int32 value; }
            }
            optional group thing { repeated int32 none; repeated int32 some; optional int32 no; }
            optional group maps (LIST) {
              repeated group array (MAP) {
                repeated group key_value { required binary key (STRING); optional int32 value; }
              }
            }
            """,
            row -> {
              row.append("words", "a").append("words", "b");
              row.addGroup("old").append("array", 1).append("array", 2);
              Group pairs = row.addGroup("pairs");
              pairs.addGroup("map").append("key", "x").append("value", 1e-7);
              pairs.addGroup("map").append("key", "y");
              pairs.addGroup("map").append("value", Double.NaN);
              row.addGroup("lists")
                  .addGroup("map")
                  .append("key", "k")
                  .append("value", 1)
                  .append("value", 2);
              row.addGroup("thing").append("some", 3);
              row.addGroup("maps")
                  .addGroup("array")
                  .addGroup("key_value")
                  .append("key", "m")
                  .append("value", 4);
            });
    assertThat(texts(file))
        .containsExactly(
            List.of(
                "[\"a\",\"b\"]",
                "[1,2]",
                "{\"x\":0.0000001,\"y\":null,\"\":\"NaN\"}",
                "{\"k\":[1,2]}",
                "{\"none\":[],\"some\":[3]}",
                "[{\"m\":4}]"),
            Arrays.asList("[]", null, null, null, null, null));
  }

  @Test
  void countsTheFirstOfTwoEqualKeysOfAMap() throws IOException {
    Path file =
        other(
            "optional group m (MAP) { repeated group key_value {"
                + " required binary key (STRING); optional binary value (STRING); } }",
            row -> {
              Group m = row.addGroup("m");
              m.addGroup("key_value").append("key", "a").append("value", "1");
              m.addGroup("key_value").append("key", "a").append("value", "2");
            });
    FilePlan plan = plan(file, List.of());
    try (RowReader reader = open(plan)) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.object(0))
          .containsExactly(Map.entry(UTF8String.fromString("a"), UTF8String.fromString("1")));
      assertThat(reader.next()).isTrue();
      assertThat(reader.object(0)).isEmpty();
    }
  }

  @Test
  void spellsTheEntriesOfEachRowGroupsDictionary() throws IOException {
    Path file =
        written(
            spark.sql(
                "select cast(id div 20000 as double) / 8 d, concat('g', id div 20000) s,"
                    + " concat(uuid(), uuid(), uuid(), uuid()) pad from range(60000)"),
            Map.of("parquet.block.size", "1048576", "parquet.page.row.count.limit", "1000"));
    List<List<String>> rows = texts(file);
    assertThat(rows).hasSize(60_000);
    for (int i = 0; i < rows.size(); i++) {
      int group = i / 20_000;
      assertThat(rows.get(i).subList(0, 2))
          .containsExactly(List.of("0.0", "0.125", "0.25").get(group), "g" + group);
    }
  }

  @Test
  void saysThatAPageIsDamaged() throws IOException {
    Path file =
        written(
            spark.sql("select repeat(uuid(), 20) pad from range(2000)"),
            Map.of("parquet.enable.dictionary", "false"));
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 200, bytes.length / 2, (byte) 0x55);
    Files.write(file, bytes);
    assertThatThrownBy(() -> texts(file)).isInstanceOf(IOException.class);
  }
}
