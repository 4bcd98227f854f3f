package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IncidentsTryCommandTest {
  private static final String HEADER = "timestamp,value\n";

  @TempDir private Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int judge(Path file, String... options) {
    Stream<String> command = Stream.of("incidents", "try", file.toString(), "--format", "csv");
    return Main.run(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        Stream.concat(command, Stream.of(options)).toArray(String[]::new));
  }

  private int judge(String text, String... options) throws IOException {
    return judge(Files.writeString(dir.resolve("series.csv"), text), options);
  }

  private static String days(int count, int rise) {
    return IntStream.range(0, count)
        .mapToObj(
            day ->
                LocalDate.of(2026, 9, 1).plusDays(day)
                    + ","
                    + (1000 + day * 37 % 11 + (day >= rise ? 500 : 0)))
        .collect(Collectors.joining("\n", "day,cost\n", "\n"));
  }

  @Test
  void printsEachPointWithItsExpectationAndMarksTheIncident() throws IOException {
    int code = judge(days(45, 42), "--time", "day", "--value", "cost");
    assertThat(code).as(err.toString()).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines.get(0)).isEqualTo("timestamp,value,expected,score,incident");
    assertThat(lines).hasSize(46);
    assertThat(lines.get(1)).isEqualTo("2026-09-01,1000,,0,false");
    assertThat(lines.subList(2, 43)).allMatch(line -> line.endsWith("false"));
    assertThat(lines.get(43)).matches("2026-10-13,1503,10\\d\\d(\\.\\d+)?,0\\.[89]\\d+,true");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void readsTimesOfAllFormsAndCompressedFiles() throws IOException {
    Path file = dir.resolve("series.csv.gz");
    try (OutputStream gz = new GZIPOutputStream(Files.newOutputStream(file))) {
      gz.write(
          ("\uFEFF"
                  + HEADER
                  + "2026-09-01,-1.5e1\n2026-09-01 01:00:00.000,.5\n"
                  + "2026-09-01T04:00:00+02:00,+2\n2026-09-01T03:00:00Z,3\n")
              .getBytes(StandardCharsets.UTF_8));
    }
    assertThat(judge(file)).as(err.toString()).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString()).contains("2026-09-01,-15,,0,false\n", "04:00:00+02:00,2,,0,false\n");
  }

  @Test
  void judgesTimesThatGoBackInTheOrderOfTheFileAndSaysSo() throws IOException {
    String text = HEADER + "2026-10-25 01:00,1\n2026-10-25 02:00,2\n2026-10-25 02:00,3\n";
    assertThat(judge(text)).as(err.toString()).isZero();
    assertThat(out.toString().lines()).hasSize(4);
    assertThat(err.toString()).contains("than the line before: 1, first line 4 (2026-10-25 02:00)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-09-01,1\\n2026-09-02,\\n|line 3: value is empty",
        "2026-09-01,1\\n2026-09-02\\n|line 3",
        "2026-09-01,NaN\\n|line 2: value is 'NaN'",
        "2026-09-01,1e999\\n|line 2: value is '1e999'",
        "2026-09-01,0x1p3\\n|line 2: value is '0x1p3'",
        "'2026-09-01,\"1,5\"\\n'|line 2: value is '1,5'",
        "yesterday,1\\n|line 2: timestamp is 'yesterday'",
        "2026-13-01,1\\n|line 2: timestamp is '2026-13-01'",
        "2026-09-03,1\\n2026-09-02,1\\n2026-09-01,1\\n|line 3: most lines are not later",
        "''|has no points",
      })
  void refusesWrongData(String lines, String message) throws IOException {
    assertThat(judge(HEADER + lines.replace("\\n", "\n"))).isEqualTo(3);
    assertThat(err.toString()).contains("series.csv", message);
    assertThat(out.toString()).as("nothing half done").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "\u0000\u0001\u0002"})
  void refusesWhatIsNoSeries(String text) throws IOException {
    assertThat(judge(text)).isEqualTo(3);
    assertThat(err.toString()).contains("has no points");
  }

  @Test
  void namesTheColumnsOfAFileThatHasOthers() throws IOException {
    assertThat(judge("day,cost\n2026-09-01,1\n")).isEqualTo(2);
    assertThat(err.toString()).contains("no column 'timestamp', but day, cost.", "--time");
  }

  @Test
  void refusesFilesThatCannotBeRead() throws IOException {
    assertThat(judge(dir.resolve("none.csv"))).isEqualTo(2);
    assertThat(
            judge(Files.write(dir.resolve("latin.csv"), new byte[] {'a', (byte) 0xE4, ',', 'b'})))
        .isEqualTo(2);
    assertThat(judge(Files.writeString(dir.resolve("plain.csv.gz"), HEADER))).isEqualTo(2);
    assertThat(err.toString())
        .contains("none.csv", "latin.csv: it is not text in UTF-8", "plain.csv.gz");
  }
}
