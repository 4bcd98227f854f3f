package costlake.sample;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Writes a CSV file, compressed if its name ends in {@code .gz}. Writes maps as JSON. */
final class CsvSink implements RowSink {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BUFFER_BYTES = 1 << 16;

  private final Writer out;

  CsvSink(Path path, List<String> header) throws IOException {
    OutputStream bytes = Files.newOutputStream(path);
    if (path.toString().endsWith(".gz")) {
      bytes = new GZIPOutputStream(bytes, BUFFER_BYTES);
    }
    out = new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), BUFFER_BYTES);
    write(header.toArray());
  }

  @Override
  public void write(Object[] values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        out.write(',');
      }
      if (values[i] != null) {
        out.write(quoted(text(values[i])));
      }
    }
    out.write('\n');
  }

  static String text(Object value) throws JsonProcessingException {
    if (value instanceof BigDecimal number) {
      return number.signum() == 0 ? "0.0" : number.stripTrailingZeros().toPlainString();
    }
    return value instanceof Map<?, ?> map ? JSON.writeValueAsString(map) : value.toString();
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
