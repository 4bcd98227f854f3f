package costlake.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes malformed records of good ones, the same in each run. */
public final class MalformedRecords {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CUT_OF_100 = 3;

  /** Texts that no field of a record should have. */
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "-1",
          "0",
          "NaN",
          "Infinity",
          "1e308",
          "1e-300",
          "1e999999999",
          "1e-999999999",
          "99999999999999999",
          "9".repeat(400),
          "0001-01-01",
          "9999-12-31T23:59:59Z",
          "292278994-08-17T07:12:55Z",
          "2026-09-14T10:00:00+18:00",
          "2026-13-45",
          "17890000000000000000",
          "4102444800000",
          "null",
          "\u0000",
          "a\u0000b",
          "\ufffd\u202e",
          "\u0663",
          "'; drop table x; --",
          "${env:PATH}",
          "{\"a\":",
          "{\"start\": 1e99, \"end\": \"x\", \"number\": {}}",
          "[".repeat(2_000),
          "{\"a\":".repeat(500) + "1" + "}".repeat(500),
          "n" + "[1]".repeat(20_000),
          "n[1-99999],m[1-99999]",
          "cpu=99999999999999999,mem=99999999999999999P,gres/gpu=999999999999",
          "99999999-99:99:99",
          "a/b/c//d?e=f#g",
          "arn:aws:sagemaker:::");

  /** Values of JSON that no member of a record should have, if it can be parsed at all. */
  private static final List<String> PARSED =
      List.of(
          "null",
          "true",
          "[]",
          "{}",
          "[null]",
          "{\"\":\"\"}",
          "-1",
          "0.5",
          "1e308",
          "9".repeat(400),
          "\"\\ud800\"",
          "\"a\\udfffb\"",
          "[".repeat(200) + "]".repeat(200));

  /** Values of JSON that a careful parser refuses. */
  private static final List<String> REFUSED =
      List.of(
          "9".repeat(2_000),
          "1e999999999",
          "-",
          "{\"a\":1,\"a\":2}",
          "\"\\u12\"",
          "[".repeat(2_000) + "]".repeat(2_000));

  private final Random random;
  private final List<String> values;

  private MalformedRecords(String seed, List<String> values) {
    this.random = new Random(seed.hashCode());
    this.values = values;
  }

  /** Returns records whose JSON may be no JSON. */
  public static MalformedRecords of(String seed) {
    return new MalformedRecords(
        seed, Stream.of(quoted(), PARSED, REFUSED).flatMap(List::stream).toList());
  }

  /** Returns records whose JSON can be parsed. */
  public static MalformedRecords parsed(String seed) {
    return new MalformedRecords(seed, Stream.of(quoted(), PARSED).flatMap(List::stream).toList());
  }

  private static List<String> quoted() {
    return TEXTS.stream().map(MalformedRecords::json).toList();
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Returns a number below a limit. */
  public int below(int limit) {
    return random.nextInt(limit);
  }

  /** Returns a malformed text. */
  public String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  /** Returns a good record with one malformed field. */
  public List<String> fields(List<String> good) {
    List<String> fields = new ArrayList<>(good);
    fields.set(random.nextInt(fields.size()), text());
    return fields;
  }

  /** Returns a good record on one line, with one malformed value at any depth. */
  public String line(JsonNode good) {
    JsonNode record = good.deepCopy();
    List<Consumer<RawValue>> places = new ArrayList<>();
    collect(record, places);
    String value = values.get(random.nextInt(values.size()));
    places.get(random.nextInt(places.size())).accept(new RawValue(value));
    return json(record);
  }

  /** Returns {@link #line}, of which a few are cut. */
  public String cutLine(JsonNode good) {
    String line = line(good);
    return random.nextInt(100) < CUT_OF_100
        ? line.substring(0, 1 + random.nextInt(line.length() - 1))
        : line;
  }

  private static void collect(JsonNode node, List<Consumer<RawValue>> places) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              member -> {
                places.add(value -> object.putRawValue(member.getKey(), value));
                collect(member.getValue(), places);
              });
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int at = i;
        places.add(value -> array.set(at, array.rawValueNode(value)));
        collect(array.get(i), places);
      }
    }
  }
}
