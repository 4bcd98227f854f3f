package costlake.telemetry.prometheus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.telemetry.series.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a response of Prometheus' HTTP API: the whole JSON object or only its array {@code result},
 * with a matrix or a vector. Keeps one series in memory at a time.
 */
public final class PrometheusResponseReader {
  /** Receives each series. */
  public interface Sink {
    /** Receives a series. */
    void series(Map<String, String> labels, Samples samples);
  }

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Exporters write a number close to the limit of its type if a device does not support a
   * measurement. Numbers from here on mean "not supported".
   */
  private static final BigDecimal NOT_A_MEASUREMENT = new BigDecimal("9223372036854775000");

  /** The smallest number of an exporter has about 340 digits after the point. */
  private static final int DIGITS_MAX = 400;

  private static final BigDecimal FIRST_S = seconds("2000-01-01T00:00:00Z");
  private static final BigDecimal END_S = seconds("2100-01-01T00:00:00Z");

  private final String place;
  private final JsonParser json;
  private char[] lastText = {};
  private @Nullable BigDecimal lastValue;
  private final List<String> warnings = new ArrayList<>();
  private int negatives;

  private static BigDecimal seconds(String time) {
    return BigDecimal.valueOf(Instant.parse(time).getEpochSecond());
  }

  private PrometheusResponseReader(String place, JsonParser json) {
    this.place = place;
    this.json = json;
  }

  /**
   * Passes every series of a response to {@code sink}. Leaves out negative samples, because no
   * quantity can be negative.
   *
   * @param place name of the file in messages
   * @return the number of negative samples
   * @throws Failure with exit code 3 if the text is incomplete, is not JSON, or is an error message
   *     of the server
   */
  public static int read(String place, InputStream bytes, Sink sink) {
    return whole(place, bytes, sink).negatives;
  }

  /**
   * Reads a response to its end.
   *
   * @throws Failure as {@link #read}; also if the server warns that the response is incomplete
   */
  static void check(String place, InputStream bytes) {
    List<String> warnings = whole(place, bytes, (labels, samples) -> {}).warnings;
    if (!warnings.isEmpty()) {
      throw Failure.data(
          """
          Cannot use %s: the server warned that it may be incomplete: %s. Fetch it again when all
          parts of the server are up.
          """,
          place, String.join("; ", warnings));
    }
  }

  private static PrometheusResponseReader whole(String place, InputStream bytes, Sink sink) {
    try (JsonParser json = JSON.createParser(bytes)) {
      PrometheusResponseReader reader = new PrometheusResponseReader(place, json);
      reader.document(sink);
      return reader;
    } catch (JsonProcessingException e) {
      throw Failure.data(
          e,
          "Cannot read %s: %s%s. The response is truncated or is not JSON: fetch it again.",
          place,
          e.getOriginalMessage().replaceFirst(" \\(start marker at .*", ""),
          e.getLocation() == null ? "" : " (line %d)".formatted(e.getLocation().getLineNr()));
    } catch (IOException e) {
      throw Failure.data(e, "Cannot read %s: %s", place, FileErrors.why(e));
    }
  }

  private void document(Sink sink) throws IOException {
    switch (next()) {
      case START_ARRAY -> result(sink);
      case START_OBJECT -> envelope(sink);
      default -> throw unexpected("an object or an array");
    }
    if (json.nextToken() != null) {
      throw unexpected("the end of the file");
    }
  }

  private void envelope(Sink sink) throws IOException {
    String status = null;
    StringBuilder error = new StringBuilder();
    while (next() != JsonToken.END_OBJECT) {
      String field = field();
      switch (field) {
        case "status" -> status = json.getText();
        case "errorType", "error" -> error.append(": ").append(json.getText());
        case "data" -> data(sink);
        case "warnings" -> warnings();
        default -> json.skipChildren();
      }
    }
    if (!"success".equals(status)) {
      throw Failure.data(
          "Cannot use %s: the server answered %s%s. Fetch the response again, or remove the file.",
          place, status, error);
    }
  }

  /** Warnings about the query itself say nothing about missing samples. */
  private void warnings() throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      return;
    }
    while (next() != JsonToken.END_ARRAY) {
      String warning = json.getText();
      if (!warning.startsWith("PromQL")) {
        warnings.add(warning);
      }
    }
  }

  private void data(Sink sink) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw unexpected("the object 'data'");
    }
    while (next() != JsonToken.END_OBJECT) {
      String field = field();
      if (field.equals("result") && json.currentToken() == JsonToken.START_ARRAY) {
        result(sink);
      } else {
        json.skipChildren();
      }
    }
  }

  private void result(Sink sink) throws IOException {
    while (next() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw unexpected("a series of a matrix or vector");
      }
      series(sink);
    }
  }

  private void series(Sink sink) throws IOException {
    Map<String, String> labels = Map.of();
    Samples samples = new Samples();
    while (next() != JsonToken.END_OBJECT) {
      String field = field();
      switch (field) {
        case "metric" -> labels = labels();
        case "values" -> {
          while (next() != JsonToken.END_ARRAY) {
            sample(samples);
          }
        }
        case "value" -> sample(samples);
        default -> json.skipChildren();
      }
    }
    sink.series(labels, samples);
  }

  private Map<String, String> labels() throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw unexpected("the labels of a series");
    }
    Map<String, String> labels = new HashMap<>();
    while (next() != JsonToken.END_OBJECT) {
      String name = field();
      if (!json.currentToken().isScalarValue()) {
        throw unexpected("the text of a label");
      }
      labels.put(name, json.getText());
    }
    return labels;
  }

  private void sample(Samples samples) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw unexpected("a sample: [time, \"value\"]");
    }
    next();
    long time = time();
    next();
    BigDecimal value = value();
    if (next() != JsonToken.END_ARRAY) {
      throw unexpected("the end of a sample");
    }
    if (value != null && value.signum() < 0) {
      negatives++;
    } else if (value != null) {
      samples.add(time, value);
    }
  }

  /** Returns the time of a sample in milliseconds since 1970. */
  private long time() throws IOException {
    BigDecimal seconds = json.getDecimalValue();
    if (seconds.compareTo(FIRST_S) < 0 || seconds.compareTo(END_S) >= 0) {
      throw unexpected("the time of a sample, in the years 2000 to 2099,");
    }
    return seconds.movePointRight(3).longValue();
  }

  /**
   * Returns the value of a sample; null if it is not a measurement. Successive equal values share
   * one object.
   */
  private @Nullable BigDecimal value() throws IOException {
    char[] buffer = json.getTextCharacters();
    int from = json.getTextOffset();
    int length = json.getTextLength();
    if (!Arrays.equals(buffer, from, from + length, lastText, 0, lastText.length)) {
      lastText = Arrays.copyOfRange(buffer, from, from + length);
      lastValue = decimal(buffer, from, length);
    }
    return lastValue;
  }

  private @Nullable BigDecimal decimal(char[] buffer, int from, int length) {
    String special = length <= 4 ? new String(buffer, from, length) : "";
    if (special.equals("NaN") || special.endsWith("Inf")) {
      return null;
    }
    try {
      BigDecimal value = new BigDecimal(buffer, from, length);
      if (value.scale() > DIGITS_MAX) {
        throw new NumberFormatException("too small");
      }
      return value.compareTo(NOT_A_MEASUREMENT) >= 0 ? null : value;
    } catch (NumberFormatException e) {
      throw Failure.data(
          e,
          "Cannot read %s: sample value '%s' is not a number (line %s). Fetch the response again.",
          place,
          new String(buffer, from, Math.min(length, 40)),
          json.currentLocation().getLineNr());
    }
  }

  /** Moves to the value of a field, and returns its name. */
  private String field() throws IOException {
    if (json.currentToken() != JsonToken.FIELD_NAME) {
      throw unexpected("the name of a field");
    }
    String name = json.currentName();
    next();
    return name;
  }

  private JsonToken next() throws IOException {
    JsonToken token = json.nextToken();
    if (token == null) {
      throw Failure.data(
          "Cannot read %s: the file ends too early. Fetch the response again.", place);
    }
    return token;
  }

  private Failure unexpected(String wanted) throws IOException {
    return Failure.data(
        """
        Cannot read %s: expected %s but found '%s' (line %s). The file must contain a response of
        Prometheus' query_range.
        """,
        place, wanted, json.getText(), json.currentLocation().getLineNr());
  }
}
