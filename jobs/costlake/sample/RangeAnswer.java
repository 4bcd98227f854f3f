package costlake.sample;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the response of Prometheus to a range query of one day, one series after the other. */
final class RangeAnswer implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int DAY_S = 86_400;

  private final JsonGenerator json;
  private final long start;
  private final int stepS;

  /** The value of a series at a step of the day; null if there is no sample. */
  interface Value {
    @Nullable String at(int step);
  }

  RangeAnswer(Path path, LocalDate day, int stepS) throws IOException {
    this.stepS = stepS;
    json = JSON.createGenerator(new BufferedOutputStream(Files.newOutputStream(path)));
    start = day.atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    json.writeStartObject();
    json.writeStringField("status", "success");
    json.writeObjectFieldStart("data");
    json.writeStringField("resultType", "matrix");
    json.writeArrayFieldStart("result");
  }

  void series(Map<String, String> labels, Value value) throws IOException {
    boolean open = false;
    for (int step = 0; step < DAY_S / stepS; step++) {
      String text = value.at(step);
      if (text != null) {
        if (!open) {
          open(labels);
          open = true;
        }
        json.writeStartArray();
        json.writeNumber(start + (long) step * stepS);
        json.writeString(text);
        json.writeEndArray();
      }
    }
    if (open) {
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private void open(Map<String, String> labels) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("metric");
    for (Map.Entry<String, String> label : labels.entrySet()) {
      json.writeStringField(label.getKey(), label.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("values");
  }

  @Override
  public void close() throws IOException {
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
    json.close();
  }
}
