package costlake.land.read.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import costlake.land.read.TableFiles;
import costlake.land.read.rows.FieldCheck;
import costlake.land.read.rows.FilePlan;
import costlake.land.read.rows.FileShape;
import costlake.land.read.rows.FileSlice;
import costlake.land.read.rows.Layout;
import costlake.land.read.rows.RowReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRowReaderTest {
  private static final int RECORD_BYTES_MAX = 10_000;

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("rows.jsonl"), text);
  }

  private static FilePlan plan(Path file, List<FieldCheck> checks) {
    return plan(file, TableFiles.columns(file, RECORD_BYTES_MAX, FileShape.PLAIN), checks);
  }

  private static FilePlan plan(Path file, List<String> columns, List<FieldCheck> checks) {
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
        RECORD_BYTES_MAX,
        false,
        Set.of());
  }

  private static List<String> rows(FilePlan plan, Set<Integer> wanted) throws IOException {
    List<String> rows = new ArrayList<>();
    try (RowReader reader = TableFiles.open(plan, wanted, FileSlice.WHOLE)) {
      while (reader.next()) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < plan.width(); i++) {
          texts.add(String.valueOf(reader.text(i)));
        }
        rows.add(
            reader.number()
                + (reader.reject() == null
                    ? " " + String.join("|", texts)
                    : " rejected: " + reader.reject()));
      }
    }
    return rows;
  }

  private static List<String> rows(Path file) throws IOException {
    FilePlan plan = plan(file, List.of());
    return rows(plan, plan.positions());
  }

  @Test
  void namesEscapesThatAreNoText() throws IOException {
    Path file =
        file(
            """
            {"cost": "a\\u0000b"}
            {"cost": "\\ud83d\\ude00 \\\\ud83d"}
            {"cost": "\\ud83d!"}
            {"cost": "\\ude00"}
            """);
    assertThat(rows(plan(file, List.of()), Set.of(0)))
        .extracting(row -> row.split("[|]", -1)[0])
        .containsExactly(
            "1 rejected: a NUL character",
            "2 \ud83d\ude00 \\ud83d",
            "3 rejected: one half of a surrogate pair",
            "4 rejected: one half of a surrogate pair");
  }

  @Test
  void keepsNumbersAsTheirTextEvenWhereNoDoubleHoldsThem() throws IOException {
    List<String> numbers =
        List.of(
            "0.1000000000000000055",
            "1e-21",
            "-1.50E+3",
            "9007199254740993",
            "123456789012345678901234567890.123456789",
            "-0",
            "NaN",
            "-Infinity",
            "0.10",
            "1" + "0".repeat(2_000));
    for (String number : numbers) {
      Path file = file("{\"n\": " + number + ", \"deep\": {\"a\": [" + number + "]}}\n");
      assertThat(rows(file)).containsExactly("1 " + number + "|{\"a\":[" + number + "]}");
    }
  }

  @Test
  void columnsAreTheKeysOfAllObjectsAndAMissingOneIsNull() throws IOException {
    Path file =
        file("{\"a\":1,\"b\":2}\n\n{\"c\":null,\"a\":3}\r\n  \n{}\n{\"b\":\"\",\"d\":true}");
    assertThat(TableFiles.columns(file)).containsExactly("a", "b", "c", "d");
    assertThat(rows(file))
        .containsExactly(
            "1 1|2|null|null",
            "3 3|null|null|null",
            "5 null|null|null|null",
            "6 null|null|null|true");
  }

  @Test
  void typesMixInOneColumnAsWritten() throws IOException {
    assertThat(
            rows(
                file(
                    """
                    {"v": "1.0"}
                    {"v": 1.0}
                    {"v": false}
                    {"v": {"x": [1, 2.50, "a b\\"}"], "y": null}}
                    {"v": [ ]}
                    {"v": "ü \\u00fc \\n"}
                    """)))
        .containsExactly(
            "1 1.0",
            "2 1.0",
            "3 false",
            "4 {\"x\":[1,2.50,\"a b\\\"}\"],\"y\":null}",
            "5 []",
            "6 ü ü \n");
  }

  @Test
  void rejectsLinesThatAreNoObjectWithTheReason() throws IOException {
    Path file =
        file(
            """
            {"a": 1}
            [1, 2]
            "text"
            {"a": 1} {"a": 2}
            {"a": 1, "a": 2}
            {'a': 1}
            {"a": 1
            {"a": nan}
            {"a": "%s"}
            {"a": NaN}
            """
                .formatted("x".repeat(RECORD_BYTES_MAX)));
    List<String> rows = rows(file);
    assertThat(rows)
        .startsWith(
            "1 1",
            "2 rejected: JSON that is no object",
            "3 rejected: JSON that is no object",
            "4 rejected: more text after its JSON object",
            "5 rejected: the key 'a' twice")
        .endsWith("10 NaN")
        .hasSize(10);
    assertThat(rows.subList(5, 8)).allMatch(row -> row.contains(" rejected: no JSON: "));
    assertThat(rows.get(8))
        .isEqualTo(
            "9 rejected: a line longer than 10000 bytes, which is limits.record_size_mib_max; raise"
                + " it if a record may be that long");
  }

  @Test
  void rejectsALineThatIsNotUtf8AndDropsAMark() throws IOException {
    Path file = folder.resolve("rows.ndjson");
    Files.write(file, "\uFEFF{\"a\":\"ü\"}\n".getBytes(StandardCharsets.UTF_8));
    Files.write(
        file,
        "{\"a\":\"ü\"}\n{\"a\":1}\n".getBytes(StandardCharsets.ISO_8859_1),
        java.nio.file.StandardOpenOption.APPEND);
    assertThat(rows(file)).containsExactly("1 ü", "2 rejected: bytes that are not UTF-8", "3 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1}\n{\"a\":2",
        "{\"a\":1}\n{\"a\":2\n",
        "{\"a\":1}\n{\"a\":\"cut",
        "{\"a\":1}\n{\"a\":1,}",
        "{\"a\":1}\n{"
      })
  void refusesAFileWhoseLastLineIsDamaged(String text) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> plan(file, List.of()))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "Cannot read "
                + file
                + ": its last line, 2, is no whole JSON object. The file is truncated or damaged;"
                + " deliver it again.");
  }

  @ParameterizedTest
  @CsvSource({
    "\u00FC, bytes that are not UTF-8",
    "'{\"a\":1} {\"b', more text after its JSON object",
    "LONG, a line longer than 10000 bytes"
  })
  void refusesAFileWhoseLastLineHasNoEndAndAnyProblem(String last, String why) throws IOException {
    String text = "{\"a\":1}\n" + last.replace("LONG", "{\"a\":\"" + "x".repeat(RECORD_BYTES_MAX));
    Path file = folder.resolve("rows.jsonl");
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> plan(file, List.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("its last line, 2, does not end and cannot be read: " + why);
  }

  @Test
  void refusesAFileThatIsCutBehindAKeyThatComesTwice() throws IOException {
    Path file = file("{\"a\":1}\n{\"a\":1,\"a\":2,\"b");
    FilePlan plan = plan(file, List.of("a"), List.of());
    assertThatThrownBy(() -> rows(plan, plan.positions()))
        .hasMessage("its last line, 2, does not end and cannot be read: the key 'a' twice");
  }

  @Test
  void rejectsOnlyTheInvalidLineWithANewKey() throws IOException {
    List<String> rows = rows(file("{\"a\":1}\n{\"own\":1,\"a\":}\n{\"a\":2}\n"));
    assertThat(rows).hasSize(3).startsWith("1 1").endsWith("3 2");
    assertThat(rows.get(1)).startsWith("2 rejected: no JSON: ");
  }

  private long hash(String text) throws IOException {
    FilePlan plan = plan(file(text), List.of());
    try (RowReader reader = TableFiles.open(plan, plan.positions(), FileSlice.WHOLE)) {
      assertThat(reader.next()).isTrue();
      return reader.wholeKey(7);
    }
  }

  @Test
  void theSameRowHasTheSameHashWhateverTheOrderOfItsKeys() throws IOException {
    long hash = hash("{\"a\":1,\"b\":2,\"none\":null}\n");
    assertThat(hash("{\"b\":2,\"a\":1}\n{\"c\":3}\n")).isEqualTo(hash);
    assertThat(hash("{\"a\":2,\"b\":1}\n")).isNotEqualTo(hash);
    assertThat(hash("{\"a\":1,\"c\":2}\n")).isNotEqualTo(hash);
  }

  @Test
  void rejectsAnObjectWithAKeyTwice() throws IOException {
    FilePlan plan =
        plan(
            file(
                """
                {"tags":{"a":1,"a":2}}
                {"tags":{"a":{"x":1,"x":null}}}
                """),
            List.of(new FieldCheck(0, "tags", FieldCheck.Rule.JSON_OBJECT)));
    assertThat(rows(plan, Set.of(0)))
        .containsExactly(
            "1 rejected: tags is not a JSON object: '{\"a\":1,\"a\":2}'",
            "2 rejected: tags is not a JSON object: '{\"a\":{\"x\":1,\"x\":null}}'");
  }

  @Test
  void closesAFileThatCannotBeRead() {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("broken");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("broken");
          }

          @Override
          public void close() {
            closed.set(true);
          }
        };
    assertThatThrownBy(() -> new LineReader(broken, 1)).hasMessage("broken");
    assertThat(closed).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'';the file is empty",
        "'{}\n{}';the file is empty",
        "'7\n';line 1 is JSON that is no object",
        "'[7]';line 1 is JSON that is no object"
      })
  void refusesAFileWithoutAnyKey(String text, String why) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> plan(file, List.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("it has no JSON object with a key; " + why);
  }

  @Test
  void refusesAFileWhoseKeysAreData() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 10_001; i++) {
      text.append("{\"k").append(i).append("\":1}\n");
    }
    Path file = file(text.toString());
    assertThatThrownBy(() -> plan(file, List.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("more than 10000 different keys");
  }

  @Test
  void checksFieldsAndReadsOnlyThoseThatAreWanted() throws IOException {
    Path file =
        file(
            """
            {"cost": 1e-21, "tags": {"team": "a", "n": null, "deep": {"x": 1.0}}, "other": "o"}
            {"cost": 1e22, "tags": "no json"}
            {"tags": 7}
            """);
    FilePlan plan =
        plan(
            file,
            List.of(
                new FieldCheck(0, "cost", FieldCheck.Rule.MONEY),
                new FieldCheck(1, "tags", FieldCheck.Rule.JSON_OBJECT)));
    assertThat(rows(plan, Set.of(1)))
        .containsExactly(
            "1 1e-21|{\"team\":\"a\",\"n\":null,\"deep\":{\"x\":1.0}}|null",
            "2 rejected: cost is not a number that fits decimal(38,21): '1e22'",
            "3 rejected: tags is not a JSON object: '7'");
    try (RowReader reader = TableFiles.open(plan, Set.of(1), FileSlice.WHOLE)) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.whole()).isFalse();
      assertThat(reader.object(1))
          .containsExactly(
              Map.entry(text("team"), text("a")), Map.entry(text("deep"), text("{\"x\":1.0}")));
    }
  }

  private static UTF8String text(String text) {
    return UTF8String.fromString(text);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 4_096, 1 << 18, (1 << 18) + 1, 1 << 20})
  void findsEqualLinesOfAnyLength(int length) throws IOException {
    String text = "a\n" + "b".repeat(length) + "\n\n" + "c".repeat(length) + "\nd";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int max : new int[] {length, length - 1}) {
      try (LineReader lines = new LineReader(new ByteArrayInputStream(bytes), Math.max(1, max))) {
        List<String> found = new ArrayList<>();
        List<Boolean> tooLong = new ArrayList<>();
        while (lines.next()) {
          found.add(lines.raw(1));
          tooLong.add(lines.tooLong());
          assertThat(lines.isLast()).isEqualTo(lines.number() == 5);
        }
        assertThat(found).containsExactly("a", "b", "", "c", "d");
        boolean expected = length > Math.max(1, max);
        assertThat(tooLong).isEqualTo(Arrays.asList(false, expected, false, expected, false));
      }
    }
  }
}
