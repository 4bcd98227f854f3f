package costlake.land.read.csv;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Compares the reader with FastCSV, a strict CSV reader. No field contains a CR without LF, because
 * FastCSV 4.1.0 loses the record {@code a,"<CR>"<LF>}.
 */
class RecordReaderProperties {
  private static final String[] LINE_ENDS = {"\n", "\r\n", "\r"};

  @Provide
  Arbitrary<List<List<String>>> tables() {
    Arbitrary<String> field =
        Arbitraries.strings().withChars('a', 'ü', '€', '"', ',', '\n', ' ', '0').ofMaxLength(8);
    return Arbitraries.integers()
        .between(2, 5)
        .flatMap(width -> field.list().ofSize(width).list().ofMinSize(1).ofMaxSize(12));
  }

  @Property(tries = 500)
  void readsWhatFastCsvReads(@ForAll("tables") List<List<String>> table, @ForAll long seed)
      throws IOException {
    String csv = write(table, seed);
    List<String> expected = new ArrayList<>();
    try (CsvReader<CsvRecord> reader = CsvReader.builder().skipEmptyLines(false).ofCsvRecord(csv)) {
      for (CsvRecord one : reader) {
        expected.add(one.getStartingLineNumber() + String.join("\u0001", one.getFields()));
      }
    }
    List<String> actual = new ArrayList<>();
    try (RecordReader reader =
        new RecordReader(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), 1 << 20)) {
      while (reader.next()) {
        assertThat(reader.problem()).isNull();
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < reader.fields(); i++) {
          fields.add(reader.text(i));
        }
        actual.add(reader.line() + String.join("\u0001", fields));
      }
    }
    assertThat(actual).isEqualTo(expected);
  }

  private static String write(List<List<String>> table, long seed) {
    String lineEnd = LINE_ENDS[(int) Math.floorMod(seed, 3L)];
    StringBuilder csv = new StringBuilder();
    for (List<String> row : table) {
      for (int i = 0; i < row.size(); i++) {
        String field = row.get(i);
        boolean quoted =
            field.matches("(?s).*[\",\\n\\r].*") || field.isEmpty() || (seed >> i & 1) == 1;
        csv.append(i == 0 ? "" : ",")
            .append(quoted ? '"' + field.replace("\"", "\"\"") + '"' : field);
      }
      csv.append(lineEnd);
    }
    return csv.toString();
  }

  @Property(tries = 300)
  void neverLosesTheRowsAroundABadQuote(@ForAll("tables") List<List<String>> table)
      throws IOException {
    String good = write(table, 0);
    String csv = "first,row\nbad,\"quote\" here\n" + good;
    List<Long> problems = new ArrayList<>();
    List<Long> lines = new ArrayList<>();
    try (RecordReader reader =
        new RecordReader(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), 1 << 20)) {
      while (reader.next()) {
        (reader.problem() == null ? lines : problems).add(reader.line());
      }
    }
    assertThat(problems).containsExactly(2L);
    assertThat(lines).hasSize(1 + table.size());
  }
}
