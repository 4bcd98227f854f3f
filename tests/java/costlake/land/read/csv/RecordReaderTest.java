package costlake.land.read.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class RecordReaderTest {
  private static final int LIMIT = 1 << 20;

  private static List<String> read(String csv) throws IOException {
    return read(csv.getBytes(StandardCharsets.UTF_8), LIMIT);
  }

  /** Writes each record as {@code line:[a|b]} or {@code line!problem:raw}. */
  private static List<String> read(byte[] csv, int limit) throws IOException {
    List<String> records = new ArrayList<>();
    try (RecordReader reader = new RecordReader(new ByteArrayInputStream(csv), limit)) {
      while (reader.next()) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < reader.fields(); i++) {
          fields.add(reader.text(i));
        }
        records.add(
            reader.problem() == null
                ? reader.line() + ":" + String.join("|", fields)
                : reader.line() + "!" + reader.problem() + ":" + reader.raw(40));
      }
    }
    return records;
  }

  @Test
  void fieldsOfAFileWithBarsHaveNoQuotes() throws IOException {
    byte[] text = "a|b|c\n1,2|\"x|\r\n||\"\n".getBytes(StandardCharsets.UTF_8);
    List<List<String>> records = new ArrayList<>();
    try (RecordReader reader =
        new RecordReader(new ByteArrayInputStream(text), LIMIT, Separation.of("jobs.psv"))) {
      while (reader.next()) {
        records.add(List.of(reader.text(0), reader.text(1), reader.text(2)));
        assertThat(reader.fields()).isEqualTo(3);
        assertThat(reader.problem()).isNull();
      }
    }
    assertThat(records)
        .containsExactly(List.of("a", "b", "c"), List.of("1,2", "\"x", ""), List.of("", "", "\""));
    assertThat(Separation.of("jobs.PSV.gz")).isEqualTo(Separation.of("jobs.psv"));
    assertThat(Separation.of("psv.csv")).isEqualTo(Separation.COMMAS);
  }

  @Test
  void numbersRecordsByTheLineTheyStartOn() throws IOException {
    assertThat(read("a,b\n1,\"x\ny\"\n\n2,z\n")).containsExactly("1:a|b", "2:1|x\ny", "5:2|z");
  }

  @Test
  void readsAllThreeLineEndsMixed() throws IOException {
    assertThat(read("a,b\r\n1,2\n3,4\r5,6")).containsExactly("1:a|b", "2:1|2", "3:3|4", "4:5|6");
  }

  @Test
  void dropsTheByteOrderMark() throws IOException {
    assertThat(read("\uFEFFa,b\n1,2\n")).containsExactly("1:a|b", "2:1|2");
  }

  @Test
  void makesDoubledQuotesOneAndKeepsBareOnes() throws IOException {
    assertThat(read("\"say \"\"hi\"\"\",5\" pipe\n\"\"\"\",\"\"\n"))
        .containsExactly("1:say \"hi\"|5\" pipe", "2:\"|");
  }

  @Test
  void losesOneLineToABadQuoteAndGoesOnAtTheNext() throws IOException {
    assertThat(read("1,a\n2,\"b\" c\n3,d\n4,\"open\n5,e\n6,f\n"))
        .containsExactly(
            "1:1|a",
            "2!text after a closing quote:2,\"b\" c",
            "3:3|d",
            "4!a quote that is never closed:4,\"open",
            "5:5|e",
            "6:6|f");
  }

  @Test
  void rejectsARecordAboveTheLimitAndGoesOn() throws IOException {
    String open = "2,\"" + "x".repeat(3 << 20) + "\"\n";
    assertThat(read(("1,a\n" + open + "3,b\n").getBytes(StandardCharsets.UTF_8), 1 << 20))
        .hasSize(3)
        .satisfies(r -> assertThat(r.get(1)).startsWith("2!a record longer than 1048576 bytes"))
        .satisfies(r -> assertThat(r.get(2)).isEqualTo("3:3|b"));
  }

  @Test
  void rejectsARecordJustAboveTheLimitThoughItIsInMemoryAndWhole() throws IOException {
    assertThat(read("1,abc\n2,abcd\n3,\"a\nb\"\n4,c\n".getBytes(StandardCharsets.UTF_8), 5))
        .containsExactly(
            "1:1|abc",
            "2!a record longer than 5 bytes:2,abcd",
            "3!a record longer than 5 bytes:3,\"a",
            "4:b\"",
            "5:4|c");
  }

  @Test
  void keepsTheLastEmptyField() throws IOException {
    assertThat(read("a,b\n1,\n2,\"\"")).containsExactly("1:a|b", "2:1|", "3:2|");
  }

  @Test
  void readsTheSameForAnySizeOfTheChunks() throws IOException {
    byte[] csv = "a,b\r\n1,\"x\r\ny\"\r\n2,\"q\"\"\"\r\n".getBytes(StandardCharsets.UTF_8);
    InputStream oneByteAtATime =
        new ByteArrayInputStream(csv) {
          @Override
          public synchronized int read(byte[] b, int off, int len) {
            return super.read(b, off, Math.min(1, len));
          }
        };
    List<String> records = new ArrayList<>();
    try (RecordReader reader = new RecordReader(oneByteAtATime, LIMIT)) {
      while (reader.next()) {
        records.add(reader.line() + ":" + reader.text(0) + "|" + reader.text(1));
      }
    }
    assertThat(records).containsExactly("1:a|b", "2:1|x\r\ny", "4:2|q\"");
  }

  @Test
  void saysThatACompressedStreamIsCut() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gz = new GZIPOutputStream(bytes)) {
      gz.write("a,b\n1,2\n".repeat(5000).getBytes(StandardCharsets.UTF_8));
    }
    byte[] cut = Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
    assertThatThrownBy(
            () -> {
              try (RecordReader reader =
                  CsvHeader.open(new ByteArrayInputStream(cut), "x.csv.gz", LIMIT)) {
                boolean more = true;
                while (more) {
                  more = reader.next();
                }
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessage("the compressed data ends too early");
  }
}
